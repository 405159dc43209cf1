import { suggest } from '../../../diagnostics/suggest.js';
import { failWith, problem, succeed, type Outcome, type RuntimeProblem } from '../../outcome.js';
import { showText, type Stored, type WeightFile } from '../weight-file.js';
import type { WeightArray } from '../weights.js';
import type { Mapping } from './mapping.js';
import { transform } from './transform.js';

/** The arrays of a file under the model's names and in its layout; every one must be mapped or ignored. */
export function applyMapping({ entries, ignored }: Mapping, file: WeightFile): Outcome<WeightFile> {
  const problems: RuntimeProblem[] = [];
  const weights = new Map<string, WeightArray>();
  const stored = new Map<string, Stored>();
  const used = new Set<string>();
  for (const { theirs, ours, steps } of entries) {
    const array = file.weights.get(theirs);
    if (array === undefined) {
      const near = suggest(theirs, file.weights.keys());
      const help = near === undefined ? undefined : `did you mean ${showText(near)}?`;
      problems.push(
        problem('weights-missing', `${showText(theirs)}, which the mapping names, is missing`, help),
      );
      continue;
    }
    used.add(theirs);
    const changed = transform(array, steps);
    if (typeof changed === 'string') {
      problems.push(problem('weights-misshapen', `${showText(theirs)} ${changed}`));
      continue;
    }
    weights.set(ours, changed);
    const kept = file.stored.get(theirs);
    if (kept !== undefined) stored.set(ours, kept);
  }
  const isIgnored = matcherOf(ignored);
  for (const [name, { shape }] of file.weights) {
    if (used.has(name) || isIgnored(name)) continue;
    const message = `${showText(name)} of ${shape.join('×')} is neither mapped nor ignored`;
    problems.push(
      problem('weights-surplus', message, `add \`ignore ${name}\` to the mapping where it isn’t needed`),
    );
  }
  return problems.length === 0 ? succeed({ ...file, weights, stored }) : failWith(...problems);
}

/** Whether a name is one of those that are ignored, in which `*` stands for any characters; without backtracking. */
function matcherOf(patterns: readonly string[]): (name: string) => boolean {
  const exact = new Set(patterns);
  const open = patterns.filter((pattern) => pattern.includes('*')).map((pattern) => pattern.split('*'));
  return (name) => exact.has(name) || open.some((pieces) => fits(name, pieces));
}

function fits(name: string, pieces: readonly string[]): boolean {
  const [first = '', ...rest] = pieces;
  const last = rest.pop() ?? '';
  if (!name.startsWith(first) || !name.endsWith(last)) return false;
  let at = first.length;
  for (const piece of rest) {
    const found = name.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return at <= name.length - last.length;
}
