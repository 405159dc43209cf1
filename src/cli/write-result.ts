import { basename } from 'node:path';
import { configName } from './config/config-name.js';
import { ioFailure } from './failure.js';
import type { Io } from './io.js';
import { isSameFile } from './is-same-file.js';
import { writeFileAtomically } from './write-file.js';

/**
 * Writes the result of a command to standard output, or to the file that `--output-file` names: never over what the result
 * is made from, nor over any other source, which may be imported.
 */
export function writeResult(
  io: Io,
  file: string | undefined,
  text: string,
  inputs: readonly string[] = [],
): void {
  if (file === undefined) io.out.write(text);
  else {
    checkOutput(file, inputs);
    writeFileAtomically(file, text);
  }
}

/** Refuses to write a result over what it is made from, or under the name of a source or of a configuration. */
export function checkOutput(file: string, inputs: readonly string[]): void {
  const help = 'name another file with -o';
  if (inputs.some((input) => isSameFile(input, file)))
    throw ioFailure(`"${file}" is an input of this command, which would be overwritten`, help);
  if (file.endsWith('.cnn'))
    throw ioFailure(`"${file}" has the name of a source, and a report is none`, help);
  if (basename(file) === configName)
    throw ioFailure(`"${file}" has the name of a configuration, and a report is none`, help);
}
