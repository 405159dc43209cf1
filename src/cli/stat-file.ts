import { statSync, type BigIntStats } from 'node:fs';

/** What stands at a path, links followed; nothing where nothing does, or where it can't be looked at. */
export function statFile(path: string): BigIntStats | undefined {
  try {
    return statSync(path, { bigint: true });
  } catch {
    return undefined;
  }
}
