const controls = /[\p{Cc}\p{Cf}\u2028\u2029]/gu;

/** Text of a user's for a terminal: control characters, and those that change the direction of writing, are shown as `\u{1b}`. */
export function escapeForTerminal(text: string): string {
  return text.replace(controls, (character) => (character === '\t' ? character : codeOf(character)));
}

function codeOf(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}

/** The message of a line that GitHub reads as an annotation. */
export function escapeForAnnotation(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

/** A property of such a line, between commas and colons. */
export function escapeForAnnotationProperty(text: string): string {
  return escapeForAnnotation(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
