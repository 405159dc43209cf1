import pc from 'picocolors';
import { exitCodes } from './exit-codes.js';
import { systemCode, systemReason } from './failure.js';

/** One of the two standard streams. */
export interface OutputStream {
  write(text: string): void;
  /** True where a person looks at it, so that bars and cursor moves make sense. */
  readonly isTerminal: boolean;
  /** Colours, or functions that change nothing. */
  readonly colors: ReturnType<typeof pc.createColors>;
  /** The width of the terminal in cells; `undefined` where there is none. */
  readonly columns: number | undefined;
}

/** Where a command writes: results to `out`, everything else to `err`. */
export interface Io {
  readonly out: OutputStream;
  readonly err: OutputStream;
  /** True where `--quiet` wants results only. */
  readonly isQuiet: boolean;
  /** Says a note, unless `--quiet` forbids it. */
  note(text: string): void;
  /** Tells a note that only `--verbose` asks for. */
  detail(text: string): void;
}

/** The flags that every command knows. */
export interface OutputFlags {
  readonly color?: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
}

/** Opens the standard streams. A reader that goes away is no error; a device that is full is exit 3. */
export function openIo(flags: OutputFlags): Io {
  const out = streamOf(process.stdout, flags);
  const err = streamOf(process.stderr, flags);
  return {
    out,
    err,
    isQuiet: flags.quiet === true,
    note(text) {
      if (flags.quiet !== true) err.write(text);
    },
    detail(text) {
      if (flags.verbose === true) err.write(text);
    },
  };
}

/** True where colours are wanted: `--no-color`, then NO_COLOR, then FORCE_COLOR, then what the stream is. */
export function wantsColor(
  flags: OutputFlags,
  environment: Readonly<Record<string, string | undefined>>,
  isTerminal: boolean,
): boolean {
  if (flags.color === false) return false;
  if (isSet(environment['NO_COLOR'])) return false;
  const forced = environment['FORCE_COLOR'];
  if (isSet(forced)) return forced !== '0' && forced !== 'false';
  return isTerminal && environment['TERM'] !== 'dumb';
}

/** What went wrong while writing to a standard stream ends up here, once a stream. */
export function watchStandardStreams(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: unknown) => {
      if (closed.has(stream)) return;
      closed.add(stream);
      if (systemCode(error) === 'EPIPE') return;
      process.exitCode = exitCodes.readOrWrite;
      if (stream === process.stdout) {
        process.stderr.write(`cnnc: can't write to standard output: ${systemReason(error)}\n`);
      }
    });
  }
}

const closed = new Set<NodeJS.WriteStream>();

function streamOf(stream: NodeJS.WriteStream, flags: OutputFlags): OutputStream {
  const isTerminal = leadsToTerminal(stream);
  return {
    write(text) {
      if (text !== '' && !closed.has(stream)) stream.write(text);
    },
    isTerminal,
    colors: pc.createColors(wantsColor(flags, process.env, isTerminal)),
    columns: isTerminal ? stream.columns : undefined,
  };
}

/** A pipe has no such field, whatever the types say. */
function leadsToTerminal({ isTTY = false }: { readonly isTTY?: boolean }): boolean {
  return isTTY;
}

function isSet(variable: string | undefined): variable is string {
  return variable !== undefined && variable !== '';
}
