import { failWith, problem, succeed, type Outcome, type RuntimeProblem } from '../../outcome.js';
import { showText } from '../weight-file.js';
import type { Mapping, MappingEntry } from './mapping.js';
import { parseSteps } from './parse-steps.js';
import { wordsOf, type Word } from './words.js';

/** Reads the text of a mapping; each mistake is told with its place, `file:line:column`. */
export function parseMapping(file: string, text: string): Outcome<Mapping> {
  const problems: RuntimeProblem[] = [];
  const entries: MappingEntry[] = [];
  const ignored: string[] = [];
  const seen: Seen = { theirs: new Map(), ours: new Map() };
  for (const [index, line] of text
    .replace(/^\ufeff/, '')
    .split(/\r\n|\r|\n/)
    .entries()) {
    const read = readLine(line, index + 1, seen);
    if (read === undefined) continue;
    if (read.kind === 'mistake') problems.push(mistakeAt(file, index + 1, read));
    else if (read.kind === 'ignored') ignored.push(read.name);
    else entries.push(read.entry);
  }
  return problems.length === 0 ? succeed({ entries, ignored }) : failWith(...problems);
}

/** The lines in which names stand already. */
interface Seen {
  readonly theirs: Map<string, number>;
  readonly ours: Map<string, number>;
}

type Line =
  | { readonly kind: 'entry'; readonly entry: MappingEntry }
  | { readonly kind: 'ignored'; readonly name: string }
  | Mistake;

interface Mistake {
  readonly kind: 'mistake';
  /** From 1. */
  readonly column: number;
  readonly message: string;
  readonly help?: string;
}

const form = 'a line is `theirs -> ours`, `theirs -> ours as OIHW->HWIO` or `ignore theirs`';

function readLine(line: string, number: number, seen: Seen): Line | undefined {
  const words = wordsOf(line);
  if ('message' in words) return { kind: 'mistake', ...words };
  const [first, second, third, fourth, ...rest] = words.words;
  if (first === undefined) return undefined;
  const end = line.length + 1;
  if (first.text === 'ignore' && !first.isQuoted && second?.text !== '->') {
    if (second === undefined) return mistake(end, 'the name that is ignored is missing', form);
    if (third !== undefined)
      return mistake(third.column, `${showText(third.text)} is too much behind the name`, form);
    return { kind: 'ignored', name: second.text };
  }
  if (second?.text !== '->' || second.isQuoted) {
    const found = second === undefined ? 'the line ends' : `${showText(second.text)} stands there`;
    return mistake(second?.column ?? end, `\`->\` is expected, but ${found}`, form);
  }
  if (third === undefined) return mistake(end, 'the name of the model’s array is missing', form);
  const twice = noteName(seen, first, third, number);
  if (twice !== undefined) return twice;
  const entry = { theirs: first.text, ours: third.text, steps: [] };
  if (fourth === undefined) return { kind: 'entry', entry };
  if (fourth.text !== 'as' || fourth.isQuoted) {
    return mistake(fourth.column, `\`as\` is expected, but ${showText(fourth.text)} stands there`, form);
  }
  const steps = parseSteps(rest, end);
  return 'message' in steps
    ? { kind: 'mistake', ...steps }
    : { kind: 'entry', entry: { ...entry, steps: steps.steps } };
}

/** No array is used twice, and none is made twice. */
function noteName(seen: Seen, theirs: Word, ours: Word, line: number): Mistake | undefined {
  for (const [names, word] of [
    [seen.theirs, theirs],
    [seen.ours, ours],
  ] as const) {
    const before = names.get(word.text);
    if (before !== undefined)
      return mistake(word.column, `${showText(word.text)} stands in line ${String(before)} already`);
    names.set(word.text, line);
  }
  return undefined;
}

function mistake(column: number, message: string, help?: string): Mistake {
  return { kind: 'mistake', column, message, ...(help === undefined ? {} : { help }) };
}

function mistakeAt(file: string, line: number, { column, message, help }: Mistake): RuntimeProblem {
  return problem('broken-mapping', `${file}:${String(line)}:${String(column)}: ${message}`, help);
}
