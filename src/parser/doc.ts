import type { Source } from '../diagnostics/source.js';
import type { Comment } from './ast.js';

/** Gives the text of the `///` lines that end before an offset, with nothing but white space (and `;`) between. */
export function docReader(
  source: Source,
  comments: readonly Comment[],
): (before: number) => { readonly doc?: string } {
  return (before) => {
    const lines: string[] = [];
    let end = before;
    for (let place = lastBefore(comments, before); place >= 0; place -= 1) {
      const comment = comments[place];
      if (comment?.kind !== 'doc' || /[^\s;]/.test(source.text.slice(comment.span.end, end))) break;
      lines.push(comment.text.slice(3).trim());
      end = comment.span.start;
    }
    return lines.length === 0 ? {} : { doc: lines.reverse().join('\n') };
  };
}

/** The place of the last comment that begins before an offset. */
function lastBefore(comments: readonly Comment[], offset: number): number {
  let low = -1;
  let high = comments.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((comments[middle]?.span.start ?? 0) < offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
