import { escapeForTerminal } from '../diagnostics/escape.js';

/** A text as the value of an attribute in double quotes. */
export function xmlAttribute(text: string): string {
  return xmlText(escapeForTerminal(text)).replaceAll('"', '&quot;').replaceAll('\t', '&#9;');
}

/** Text between tags; what XML can't hold at all has been escaped, but for the last two code points of a plane. */
export function xmlText(text: string): string {
  return text
    .replace(/[\ufffe\uffff]/g, (character) => `\\u{${character.charCodeAt(0).toString(16)}}`)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}
