import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BuiltFile } from '../backends/backend.js';
import { ioFailure, systemReason } from './failure.js';

/** Reads files that stand beside the program, in the folder `js` of what was built. */
export function readShipped(names: readonly string[]): readonly BuiltFile[] {
  if (names.length === 0) return [];
  const folder = shippedFolder();
  return names.map((path) => {
    try {
      return { path, bytes: readFileSync(join(folder, path)) };
    } catch (error) {
      throw ioFailure(
        `can't read ${path}, which belongs to cnnc: ${systemReason(error)}`,
        'install cnnc again; in its repository, `npm run build`',
      );
    }
  });
}

/** This code stands in the folder itself or in that of its chunks. */
function shippedFolder(): string {
  const here = dirname(fileURLToPath(import.meta.url));
  const beside = join(here, 'js');
  return existsSync(beside) ? beside : join(dirname(here), 'js');
}
