import type { TrailStep } from './diagnostic.js';
import { escapeForTerminal } from './escape.js';
import { placeText } from './source.js';

/** How many calls are named at the most; what lies between is counted. */
const maximumCalls = 8;

/** One line a call, innermost first; the rounds of loops stand behind the call that they lie outside of. */
export function trailLines(trail: readonly TrailStep[]): readonly string[] {
  const lines: string[] = [];
  for (const { text, span } of trail) {
    const isRound = round.test(text);
    const last = lines.at(-1);
    if (isRound && last !== undefined) lines[lines.length - 1] = `${last}, ${text}`;
    else {
      const what = isRound ? `the ${text}` : escapeForTerminal(text);
      lines.push(`in ${what}, ${escapeForTerminal(placeText(span))}`);
    }
  }
  if (lines.length <= maximumCalls) return lines;
  const named = lines.slice(0, maximumCalls - 2);
  return [...named, `in ${String(lines.length - named.length - 1)} calls more`, ...lines.slice(-1)];
}

const round = /^\w+ round of `(?:for|repeat)`$/;
