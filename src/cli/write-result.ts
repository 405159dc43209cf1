import type { Io } from './io.js';
import { writeFileAtomically } from './write-file.js';

/** Writes the result of a command to standard output, or to the file that `--output-file` names. */
export function writeResult(io: Io, file: string | undefined, text: string): void {
  if (file === undefined) io.out.write(text);
  else writeFileAtomically(file, text);
}
