import { existsSync } from 'node:fs';
import { escapeForTerminal } from '../../diagnostics/escape.js';
import { grouped } from '../../report/training-text.js';
import { loadMapping } from '../../runtime/node/load-mapping.js';
import { loadWeights } from '../../runtime/node/load-weights.js';
import { succeed, type Outcome } from '../../runtime/outcome.js';
import { encodeSafetensors } from '../../runtime/weights/encode-safetensors.js';
import { applyMapping } from '../../runtime/weights/mapping/apply-mapping.js';
import type { WeightFile } from '../../runtime/weights/weight-file.js';
import { endedBy } from '../ended.js';
import { exitCodes, type ExitCode } from '../exit-codes.js';
import { usageFailure } from '../failure.js';
import type { Io } from '../io.js';
import { weightsPath } from '../read-weights.js';
import { writeFileAtomically } from '../write-file.js';

/** The flags of `cnnc weights convert`. */
export interface ConvertFlags {
  readonly out: string;
  readonly mapping?: string;
  readonly force?: boolean;
}

/** Writes weights of any format as safetensors in float32, under the names of a model where a mapping is given. */
export function weightsConvert(io: Io, path: string, flags: ConvertFlags): Promise<ExitCode> {
  const { out, force } = flags;
  if (!/\.safetensors$/i.test(out)) throw usageFailure(`"${out}" doesn't end with .safetensors`);
  if (existsSync(out) && force !== true)
    throw usageFailure(`"${out}" is there already`, 'name another file, or overwrite it with `--force`');
  const loaded = loadWeights(weightsPath(path));
  const mapped = loaded.ok ? underOurNames(loaded.value, flags.mapping) : loaded;
  if (!mapped.ok) return Promise.resolve(endedBy(io, mapped).exitCode);
  const { weights, metadata, notes } = mapped.value;
  for (const note of notes) io.note(`note: ${escapeForTerminal(note)}\n`);
  const bytes = encodeSafetensors(weights, metadata);
  writeFileAtomically(out, bytes);
  io.out.write(
    `${grouped(weights.size)} arrays, ${grouped(bytes.length)} bytes\nwrote ${escapeForTerminal(out)}\n`,
  );
  return Promise.resolve(exitCodes.well);
}

function underOurNames(file: WeightFile, mapping: string | undefined): Outcome<WeightFile> {
  if (mapping === undefined) return succeed(file);
  const loaded = loadMapping(mapping);
  return loaded.ok ? applyMapping(loaded.value, file) : loaded;
}
