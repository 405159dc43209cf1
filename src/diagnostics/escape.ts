/** What a terminal would obey, or show as nothing: controls, directions of writing, invisible fillers, halves of pairs. */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\u115f\u1160\u2028\u2029\u3164\uffa0]|\u034f|\u17b4|\u17b5/gu;

/** Text of a user's for a terminal: control characters, and those that change the direction of writing, are shown as `\u{1b}`. */
export function escapeForTerminal(text: string): string {
  return text.replace(unseen, (character) => (character === '\t' ? character : codeOf(character)));
}

/** The message of a line that GitHub reads as an annotation; lines of it stay lines. */
export function escapeForAnnotation(text: string): string {
  return text
    .replace(unseen, (character) => (isLineEnd(character) ? character : codeOf(character)))
    .replaceAll('%', '%25')
    .replaceAll('\r', '%0D')
    .replaceAll('\n', '%0A');
}

/** A property of such a line, between commas and colons. */
export function escapeForAnnotationProperty(text: string): string {
  return escapeForAnnotation(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

function codeOf(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}

function isLineEnd(character: string): boolean {
  return character === '\n' || character === '\r';
}
