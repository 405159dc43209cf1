import type { Diagnostic } from '../diagnostics/diagnostic.js';
import type { Source } from '../diagnostics/source.js';
import type { FileTree } from './ast.js';
import { Grammar } from './grammar.js';
import { layOut } from './layout.js';
import { lex } from './lexer.js';
import { defaultParseLimits, type ParseLimits } from './limits.js';
import { treeMaker } from './make.js';
import { syntaxDiagnostics } from './syntax-messages.js';

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
  const items = grammar.file();
  diagnostics.push(...syntaxDiagnostics(source, grammar.errors, laidOut.tokens, lexed.diagnostics));
  const span = { source, start: 0, end: source.text.length };
  return { tree: { kind: 'file', source, items, comments: lexed.comments, span }, diagnostics };
}
