import { extname } from 'node:path';
import { usageFailure } from './failure.js';

/** The format that the ending of a file's name tells; `what` is written there: `the picture`. */
export function formatByEnding(name: string, endings: ReadonlyMap<string, string>, what: string): string {
  const known = endings.get(extname(name).toLowerCase());
  if (known !== undefined) return known;
  const shown = [...endings.keys()].filter((ending) => ending !== '').join(', ');
  const help = `the endings are ${shown}; or name it: \`--format svg\``;
  throw usageFailure(`the name "${name}" doesn't tell how ${what} is written`, help);
}
