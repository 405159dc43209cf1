import type { IToken } from 'chevrotain';
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { report } from '../diagnostics/problem.js';
import type { Source } from '../diagnostics/source.js';
import type { FileTree, Item } from './ast.js';
import { Grammar } from './grammar.js';
import { layOut } from './layout.js';
import { lex } from './lexer.js';
import { defaultParseLimits, type ParseLimits } from './limits.js';
import { treeMaker } from './make.js';
import { tooLarge } from './problems.js';
import { syntaxDiagnostics } from './syntax-messages.js';
import { endOf } from './tokens.js';

/** The tree of a text, and what was wrong with it: the tree holds what could be read. */
export interface Parsed {
  readonly tree: FileTree;
  readonly diagnostics: readonly Diagnostic[];
}

let grammar: Grammar | undefined;

/** Reads a text. Never throws, and always gives a tree. */
export function parse(source: Source, limits: Partial<ParseLimits> = {}): Parsed {
  const bounds = { ...defaultParseLimits, ...limits };
  const lexed = lex(source, bounds);
  const diagnostics = [...lexed.diagnostics];
  const laidOut = layOut(source, lexed.tokens, bounds);
  diagnostics.push(...laidOut.diagnostics);
  const make = treeMaker(source, lexed.comments, (found) => diagnostics.push(found));
  grammar ??= new Grammar(make);
  grammar.begin(laidOut.tokens, make);
  const items = itemsWithin(grammar);
  if (items === undefined) diagnostics.push(tooDeep(source, grammar.nextToken(), laidOut.tokens));
  else diagnostics.push(...syntaxDiagnostics(source, grammar.errors, laidOut.tokens, lexed.diagnostics));
  const span = { source, start: 0, end: source.text.length };
  const tree = { kind: 'file', source, items: items ?? [], comments: lexed.comments, span } as const;
  return { tree, diagnostics };
}

/**
 * The items of a file, `undefined` where the rules needed more stack than there is: how much that is depends on who
 * calls and on what has been compiled, so it can't be told from the text.
 */
function itemsWithin(rules: Grammar): readonly Item[] | undefined {
  try {
    return rules.file();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return undefined;
  }
}

function tooDeep(source: Source, at: IToken, tokens: readonly IToken[]): Diagnostic {
  const span = { source, start: at.startOffset, end: endOf(at) };
  const limit = depthAt(at, tokens);
  const what = 'brackets and braces stand too deep in each other for the stack';
  return report(tooLarge, span, { what, limit, got: 'more', flag: undefined });
}

function depthAt(end: IToken, tokens: readonly IToken[]): number {
  let depth = 0;
  for (const { image, startOffset } of tokens) {
    if (startOffset >= end.startOffset) break;
    if ('([{<'.includes(image)) depth += 1;
    else if (')]}>'.includes(image)) depth -= 1;
  }
  return depth;
}
