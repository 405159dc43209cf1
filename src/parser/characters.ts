import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { report } from '../diagnostics/problem.js';
import type { Span } from '../diagnostics/source.js';
import type { Comment } from './ast.js';
import { maximumText } from './limits.js';
import {
  hiddenCharacters,
  strangeName,
  strayCharacters,
  tooLarge,
  unendedComment,
  unendedString,
  unknownEscape,
} from './problems.js';

/** Letters of other scripts that look like one of A to Z: those that have been used to deceive (Unicode TR 39). */
const lookAlikes: ReadonlyMap<string, string> = new Map(
  'аa еe оo рp сc хx уy іi јj ѕs һh ԁd ԛq ԝw кk тt мm вB нH АA ВB ЕE КK МM НH ОO РP СC ТT ХX УY ІI ЈJ ЅS αa οo νv ρp υu κk ιi τt ΑA ΒB ΕE ΖZ ΗH ΙI ΚK ΜM ΝN ΟO ΡP ΤT ΥY ΧX ıi ℓl ոn սu օo ×x'
    .split(' ')
    .map((pair) => [pair.slice(0, 1), pair.slice(1)]),
);

/** A word with its look-alikes replaced, accents dropped and what can't be seen left out: what was probably meant. */
export function readAsAscii(word: string): string {
  // eslint-disable-next-line no-control-regex -- the question is whether all of it is ASCII
  if (/^[\x00-\x7f]*$/.test(word)) return word;
  return Array.from(word.normalize('NFKD'))
    .map((letter) => lookAlikes.get(letter) ?? letter)
    .join('')
    .replace(/[\p{M}\p{Cf}]/gu, '');
}

/** Reports a name with letters that names can't have. */
export function tellName(span: Span, meant: string, diagnostics: Diagnostic[]): void {
  const text = span.source.text.slice(span.start, span.end);
  const letter = Array.from(text).find((character) => (character.codePointAt(0) ?? 0) > 0x7f) ?? '';
  const isAscii = /^[A-Za-z_]\w*$/.test(meant);
  const facts = {
    text: clipped(text),
    code: codePoint(letter),
    isHidden: hidden.test(letter),
    looksLike: lookAlikes.get(letter),
    meant: isAscii ? meant : undefined,
  };
  diagnostics.push(report(strangeName, span, facts, isAscii ? { fix: { span, text: meant } } : {}));
}

/** Reports what is wrong with a string: no end, too long, an escape that there is none of, hidden controls. */
export function tellString(span: Span, image: string, diagnostics: Diagnostic[]): void {
  const opening = { ...span, end: span.start + 1 };
  const { isEnded, unknownEscapeAt } = scanString(image);
  if (!isEnded) {
    diagnostics.push(report(unendedString, opening, undefined));
  } else if (image.length > maximumText) {
    const facts = {
      what: 'a text is too long',
      limit: maximumText,
      got: String(image.length),
      flag: undefined,
    };
    diagnostics.push(report(tooLarge, opening, facts));
  } else if (unknownEscapeAt !== undefined) {
    const start = span.start + unknownEscapeAt;
    const escape = image.slice(unknownEscapeAt, unknownEscapeAt + 2);
    diagnostics.push(report(unknownEscape, { ...span, start, end: start + 2 }, { escape }));
  } else tellHidden(span, image, diagnostics);
}

interface ScannedString {
  readonly isEnded: boolean;
  /** Where the first escape stands that means nothing. */
  readonly unknownEscapeAt: number | undefined;
}

function scanString(image: string): ScannedString {
  let unknownEscapeAt: number | undefined;
  let place = 1;
  while (place < image.length && image[place] !== '"') {
    const isEscape = image[place] === '\\';
    if (isEscape && !'"\\nt'.includes(image[place + 1] ?? '?')) unknownEscapeAt ??= place;
    place += isEscape ? 2 : 1;
  }
  return { isEnded: place < image.length, unknownEscapeAt };
}

/** Reports what is wrong with a comment: no end, too long, hidden controls. */
export function tellComment({ kind, text, span }: Comment, diagnostics: Diagnostic[]): void {
  const opening = { ...span, end: span.start + 2 };
  if (kind === 'block' && (!text.endsWith('*/') || text.length < 4)) {
    diagnostics.push(report(unendedComment, opening, undefined));
  } else if (text.length > maximumText) {
    const facts = {
      what: 'a comment is too long',
      limit: maximumText,
      got: String(text.length),
      flag: undefined,
    };
    diagnostics.push(report(tooLarge, opening, facts));
  } else tellHidden(span, text, diagnostics);
}

/** What makes a text read other than it is: controls of the direction of writing, and line ends that not every editor shows. */
const deceiving = /[\u202a-\u202e\u2066-\u2069\u2028\u2029]/;

function tellHidden(span: Span, text: string, diagnostics: Diagnostic[]): void {
  const match = deceiving.exec(text);
  if (match === null) return;
  const start = span.start + match.index;
  diagnostics.push(
    report(hiddenCharacters, { ...span, start, end: start + 1 }, { code: codePoint(match[0]) }),
  );
}

const hidden = /[\p{Cf}\p{Cc}\p{Z}\u2028\u2029]/u;

/** The message for a run of characters that have no meaning. */
export function strayDiagnostic(span: Span, text: string): Diagnostic {
  const unseen = Array.from(text).find((character) => hidden.test(character));
  if (unseen !== undefined) return report(hiddenCharacters, span, { code: codePoint(unseen) });
  const hint = hints.find(([characters]) => Array.from(characters).some((one) => text.includes(one)));
  const fix = hint?.[2] === undefined ? undefined : { span, text: hint[2] };
  return report(strayCharacters, span, { text: clipped(text), hint: hint?.[1] }, { fix });
}

/** What is typed for what: the character, the advice, and what it can be replaced by. */
const hints: readonly (readonly [string, string, string?])[] = [
  ['.', 'a number begins with a digit, `0.5`; a member stands without a space, `in.channels`'],
  ['#', 'a comment begins with `//`'],
  ['!', '`not` negates, `!=` compares'],
  ['&', 'conditions are joined by `and`'],
  ["'`‘’“”„«»", 'texts stand between `"` and `"`'],
  ['→⟶➔', 'write `->`', '->'],
  ['≤', 'write `<=`', '<='],
  ['≥', 'write `>=`', '>='],
  ['≠', 'write `!=`', '!='],
  ['−–—', 'write `-`', '-'],
  ['·∗', 'write `*`', '*'],
  ['÷', 'write `/`', '/'],
  ['…', 'write `..`', '..'],
  ['%', '`mod(a, b)` gives what remains of a division; a percentage is glued to its number, `40%`'],
];

function codePoint(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

function clipped(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
