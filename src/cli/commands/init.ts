import { existsSync } from 'node:fs';
import { exitCodes, type ExitCode } from '../exit-codes.js';
import { usageFailure } from '../failure.js';
import type { Io } from '../io.js';
import { writeFileAtomically } from '../write-file.js';

/** Writes a first file to begin with; one that is there stays. */
export function init(io: Io, file: string): Promise<ExitCode> {
  if (!file.endsWith('.cnn')) throw usageFailure(`"${file}" doesn't end in .cnn`);
  if (existsSync(file))
    throw usageFailure(`"${file}" is there already`, `name another file: cnnc init other.cnn`);
  writeFileAtomically(file, firstFile);
  io.note(`wrote ${file}; next: cnnc check ${file}, cnnc summary ${file}\n`);
  return Promise.resolve(exitCodes.well);
}

/** A small model of digits, whose every line shows one thing of the language. */
const firstFile = `/// Reads handwritten digits.
model Digits<classes = 10> {
  input 28x28x1
  conv 8 5x5 same relu
  pool max 2x2
  conv 16 5x5 same relu
  pool max 2x2
  flatten
  dense 64 relu
  dropout 25%
  dense classes softmax

  assert params <= 60_000
}

train Digits {
  preprocess scale=1/255
  optimizer adam rate=1e-3
  batch 64; epochs 2
}
`;
