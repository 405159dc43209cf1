import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bodies, files } from './language-examples.js';

const root = join(import.meta.dirname, '../..');

function textsIn(folder: string): readonly string[] {
  return readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.cnn'))
    .map((name) => readFileSync(join(root, folder, name), 'utf8'));
}

/** Every architecture and every block of the standard library, as text. */
export const programs: readonly string[] = [...textsIn('examples'), ...textsIn('std')];

/** These, and all examples of the language. */
export const samples: readonly string[] = [
  ...programs,
  ...files,
  ...bodies.map((body) => `block example {\n${body}\n}\n`),
];
