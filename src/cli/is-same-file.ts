import { statFile } from './stat-file.js';

/** True where two paths lead to the same file, by whatever names or links. */
export function isSameFile(one: string, other: string): boolean {
  const [first, second] = [statFile(one), statFile(other)];
  if (first === undefined || second === undefined) return false;
  return first.ino === second.ino && first.dev === second.dev;
}
