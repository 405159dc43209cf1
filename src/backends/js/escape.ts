import { escapeForTerminal } from '../../diagnostics/escape.js';

/** A user's text in HTML, between tags or in a quoted attribute. */
export function escapeForHtml(text: string): string {
  return visible(text).replace(/[&<>"'`]/g, (character) => `&#${String(character.charCodeAt(0))};`);
}

/** A user's text in a line of Markdown: nothing in it is a mark, a link or a tag. */
export function escapeForMarkdown(text: string): string {
  // Entities rather than backslashes for `<` and `&`: some readers of Markdown pass what follows a backslash on as HTML.
  return (
    visible(text)
      // Marks anywhere; those of lists, rules and headings at the beginning; addresses and pictures by name, which some find in any text.
      .replace(/[\\`*_{}[\]#|~>@]|^[-+=]|(?<=^\d+)[.)]|:(?=\S)|\.(?=\w)/g, '\\$&')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
  );
}

/** A user's text as a literal of TypeScript or JSON, which no reader takes for the end of a line or a tag. */
export function literal(text: string): string {
  return JSON.stringify(text).replace(
    /[<\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** In one line, with what can't be seen spelled out. */
function visible(text: string): string {
  return escapeForTerminal(text.trim().replace(/\s*[\r\n\t]\s*/g, ' '));
}
