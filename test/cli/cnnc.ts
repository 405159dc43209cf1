import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach } from 'vitest';
import { buildCommandLine } from '../../scripts/build.mjs';

/** What a run of the command line left. */
export interface Run {
  /** The exit code; -1 where a signal ended it. */
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** What a run is given besides its arguments. */
export interface RunOptions {
  readonly cwd?: string;
  readonly input?: string | Uint8Array;
  readonly env?: Readonly<Record<string, string>>;
}

/** The repository's own folder. */
export const repository = fileURLToPath(new URL('../..', import.meta.url));

/** The built command line. */
export const program = join(repository, 'dist', 'cnnc.js');

/** Bundles the command line from the sources as they are; call it before the tests of a file. */
export async function buildCnnc(): Promise<void> {
  await buildCommandLine();
}

/** Runs the built command line as a process of its own, both streams as pipes. */
export function cnnc(args: readonly string[], options: RunOptions = {}): Promise<Run> {
  return run(process.execPath, [program, ...args], options);
}

/** Runs a line of bash in which `$CNNC` is the command line. */
export function bash(line: string, options: RunOptions = {}): Promise<Run> {
  const env = { CNNC: `${process.execPath} ${program}`, ...options.env };
  return run('bash', ['-c', line], { ...options, env });
}

/** A folder of its own with the given files, which goes when the test ends. */
export function folderWith(files: Readonly<Record<string, string | Uint8Array>> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'cnnc-test-'));
  folders.push(folder);
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
  return folder;
}

const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function run(command: string, args: readonly string[], { cwd, input = '', env }: RunOptions): Promise<Run> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, FORCE_COLOR: '', NO_COLOR: '', ...env },
    });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
    child.on('error', reject);
    child.on('close', (code) => {
      resolve({
        code: code ?? -1,
        out: Buffer.concat(out).toString('utf8'),
        err: Buffer.concat(err).toString('utf8'),
      });
    });
    // A program that doesn't read its input may be gone before it is written.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}
