import { expect } from 'vitest';
import { makeSource, positionOf, textOf } from '../../src/diagnostics/source.js';
import type { Expression, FileTree, Item, Statement } from '../../src/parser/ast.js';
import { parse, type Parsed } from '../../src/parser/parse.js';
import type { ParseLimits } from '../../src/parser/limits.js';

/** Parses a text by itself. */
export function parseText(text: string, limits: Partial<ParseLimits> = {}): Parsed {
  return parse(makeSource('test.cnn', text), limits);
}

/** The tree of a text in which nothing is wrong. */
export function treeOf(text: string): FileTree {
  const { tree, diagnostics } = parseText(text);
  expect(diagnostics.map(({ message }) => message)).toEqual([]);
  return tree;
}

/** The only item of a text. */
export function itemOf(text: string): Item {
  const [item, ...others] = treeOf(text).items;
  expect(others).toEqual([]);
  if (item === undefined) throw new Error('the text has no item');
  return item;
}

/** The statements of a body, given without its braces. */
export function statementsOf(body: string): readonly Statement[] {
  const item = itemOf(`block b {\n${body}\n}\n`);
  if (item.kind !== 'block') throw new Error('the text is no body');
  return item.body.statements;
}

/** The value of `let v = …`. */
export function expressionOf(text: string): Expression {
  const item = itemOf(`let v = ${text}`);
  if (item.kind !== 'let') throw new Error('the text is no expression');
  return item.value;
}

/** A tree without its places: what it means. Numbers beyond 2^53 keep their digits. */
export function meaning(tree: unknown): unknown {
  return JSON.parse(
    JSON.stringify(tree, (key, value: unknown) => {
      if (['span', 'operatorSpan', 'source', 'comments'].includes(key)) return undefined;
      return typeof value === 'bigint' ? `${String(value)}n` : value;
    }),
  );
}

/** The messages for a text as `line:column message`, in order. */
export function messagesOf(text: string, limits: Partial<ParseLimits> = {}): readonly string[] {
  const { diagnostics } = parseText(text, limits);
  return diagnostics.map(({ span, message }) => {
    const { line, column } = positionOf(span.source, span.start);
    return `${String(line)}:${String(column)} ${message}`;
  });
}

/** The texts that the messages for a text stand under. */
export function markedIn(text: string): readonly string[] {
  return parseText(text).diagnostics.map(({ span }) => textOf(span));
}
