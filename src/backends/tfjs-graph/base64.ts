const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** ASCII text in base 64, as JSON carries the strings of a GraphDef (RFC 4648, §4). */
export function base64(text: string): string {
  let written = '';
  for (let at = 0; at < text.length; at += 3) {
    const bytes = text.slice(at, at + 3);
    const [first = 0, second = 0, third = 0] = Array.from(bytes, (character) => character.charCodeAt(0));
    const bits = first * 65536 + second * 256 + third;
    const four = [18, 12, 6, 0].map((shift) => digits.charAt(Math.floor(bits / 2 ** shift) % 64)).join('');
    written += four.slice(0, bytes.length + 1).padEnd(4, '=');
  }
  return written;
}
