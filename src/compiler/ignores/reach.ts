import { firstPlace } from '../../diagnostics/first-place.js';
import { endOfLine, lineStarts, positionOf, spanOf, type Span } from '../../diagnostics/source.js';
import type { Comment, FileTree } from '../../parser/ast.js';

/** The text that a comment speaks of, and whether it stands in a block. */
export interface Reach {
  readonly span: Span;
  readonly inBlock: boolean;
}

/**
 * Behind a statement a comment speaks of its line; on a line of its own, of the statement or declaration that follows, with
 * all that stands in its braces.
 */
export function reachesOf(tree: FileTree, comments: readonly Comment[]): readonly Reach[] {
  const parts = comments.length === 0 ? [] : partsOf(tree);
  return comments.map((comment) => {
    const span = hasTextBefore(comment) ? lineOf(comment.span) : nextPart(parts, comment.span);
    const item = tree.items[firstPlace(tree.items, (one) => one.span.end > span.start)];
    return { span, inBlock: item?.kind === 'block' && item.span.start <= span.start };
  });
}

function lineOf({ source, start }: Span): Span {
  const { line } = positionOf(source, start);
  return spanOf(source, lineStarts(source)[line - 1] ?? 0, endOfLine(source, line));
}

function hasTextBefore({ span }: Comment): boolean {
  const { source, start } = lineOf(span);
  return /\S/.test(source.text.slice(start, span.start));
}

/** The outermost part of those that begin next behind a comment. */
function nextPart(parts: readonly Span[], comment: Span): Span {
  const next = parts[firstPlace(parts, ({ start }) => start >= comment.end)];
  return next ?? { ...comment, start: comment.end };
}

/** Statements, settings and declarations in the order of the text, of those that begin at one place the longest first. */
function partsOf(tree: FileTree): readonly Span[] {
  const parts: Span[] = [];
  const open: unknown[] = [tree.items];
  // A list of what is to be visited, since bodies stand in bodies.
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (Array.isArray(node)) for (const item of node) open.push(item);
    if (!isTreeNode(node)) continue;
    if (partKinds.has(node.kind)) parts.push(node.span);
    for (const child of Object.values(node)) {
      if (typeof child === 'object' && child !== node.span) open.push(child);
    }
  }
  return parts.sort((a, b) => a.start - b.start || b.end - a.end);
}

const partKinds: ReadonlySet<string> = new Set([
  ...['import', 'let', 'block', 'model', 'alias', 'train', 'setting'],
  ...['chain', 'default', 'if', 'repeat', 'for', 'assert', 'from', 'share'],
]);

interface TreeNode {
  readonly kind: string;
  readonly span: Span;
}

function isTreeNode(value: unknown): value is TreeNode {
  return typeof value === 'object' && value !== null && 'kind' in value && 'span' in value;
}
