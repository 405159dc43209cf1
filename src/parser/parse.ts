import type { Diagnostic } from '../diagnostics/diagnostic.js';
import type { Source } from '../diagnostics/source.js';
import { report } from '../diagnostics/problem.js';
import type { FileTree, Item } from './ast.js';
import { glue } from './glue.js';
import { Grammar } from './grammar.js';
import { layOut } from './layout.js';
import { lex } from './lexer.js';
import { defaultParseLimits, maximumMistakes, type ParseLimits } from './limits.js';
import { treeMaker } from './make.js';
import { tooLarge } from './problems.js';
import { syntaxDiagnostic } from './syntax-messages.js';

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
  glue(lexed.tokens);
  const laidOut = layOut(source, lexed.tokens, bounds);
  const diagnostics = [...lexed.diagnostics, ...laidOut.diagnostics];
  const make = treeMaker(source, lexed.comments, diagnostics);
  // While the grammar is recorded it makes nodes of placeholders: of them nothing is told.
  grammar ??= new Grammar(treeMaker(source, [], []));
  grammar.begin({
    tokens: laidOut.tokens,
    unclosed: laidOut.unclosed,
    surplus: laidOut.surplus,
    spoiled: lexed.diagnostics,
    make,
  });
  const items = readItems(grammar, source, diagnostics);
  for (const mistake of grammar.mistakes) diagnostics.push(syntaxDiagnostic(source, mistake));
  // Nothing of one text is kept for the next.
  grammar.input = [];
  const span = { source, start: 0, end: source.text.length };
  return {
    tree: { kind: 'file', source, items, comments: lexed.comments, span },
    diagnostics: diagnostics.sort(inOrderOfText).slice(0, maximumMistakes),
  };
}

/** Reads what the limit of nesting lets through: on a thread with a small stack that can still be too deep. */
function readItems(reader: Grammar, source: Source, diagnostics: Diagnostic[]): readonly Item[] {
  try {
    return reader.file();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const facts = {
      what: 'the stack is too small for what stands in each other here',
      limit: 0,
      got: 'more',
      flag: undefined,
    };
    diagnostics.push(report(tooLarge, { source, start: 0, end: 0 }, facts));
    return [];
  }
}

function inOrderOfText(first: Diagnostic, second: Diagnostic): number {
  return first.span.start - second.span.start;
}
