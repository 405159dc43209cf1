/** The tokens of a text and what stands between them, so that joined they are the text again. */
export function piecesOf(text: string): readonly string[] {
  return text.match(/\/\/[^\n]*|"[^"\n]*"|[A-Za-z_]\w*|\d[\w.%]*|->|\.\.|[<>=!]=|[ \t]+|\n|[^]/g) ?? [];
}

/** True where a piece is more than space. */
export function isToken(piece: string): boolean {
  return piece.trim() !== '' && !piece.startsWith('//');
}
