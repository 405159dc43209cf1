import { positionOf, type Source, type Span } from '../diagnostics/source.js';
import type { Argument, Body, Comment, FileTree, If, Item, Join, Setting, Statement, Step } from './ast.js';
import {
  printAngle,
  printArgument,
  printExpression,
  printParameters,
  softBreak,
} from './print-expression.js';

const width = 110;
const indent = '  ';

/** The canonical text of a file: two spaces a level, one statement a line as it was written, every comment kept. */
export function print(tree: FileTree): string {
  const page = newPage(tree.source, tree.comments);
  let previous: Item | undefined;
  for (const item of tree.items) {
    const isApart = previous !== undefined && (hasBraces(previous) || hasBraces(item));
    lead(page, item.span, 0, isApart);
    write(page, 0, printItem(page, item));
    trail(page, item.span);
    previous = item;
  }
  flush(page, tree.span.end, 0);
  const text = page.lines.join('\n').trim();
  return text === '' ? '' : `${text}\n`;
}

/** The lines so far, and how far the comments are printed. */
interface Page {
  readonly source: Source;
  readonly comments: readonly Comment[];
  readonly lines: string[];
  /** The next comment that is to be printed. */
  next: number;
  /** The line of the source that what was printed last ends on. */
  lastLine: number;
}

function newPage(source: Source, comments: readonly Comment[]): Page {
  return { source, comments, lines: [], next: 0, lastLine: 0 };
}

function lineOf(page: Page, offset: number): number {
  return positionOf(page.source, offset).line;
}

function hasBraces(item: Item): boolean {
  return item.kind === 'block' || item.kind === 'model' || item.kind === 'train';
}

/** Comments before a statement, and an empty line where the source has one. */
function lead(page: Page, span: Span, level: number, isApart: boolean): void {
  const first = page.comments[page.next];
  const begins = first !== undefined && first.span.start < span.start ? first.span.start : span.start;
  const gap = page.lastLine > 0 && lineOf(page, begins) > page.lastLine + 1;
  if ((gap || isApart) && page.lines.length > 0 && page.lines.at(-1) !== '') page.lines.push('');
  flush(page, span.start, level);
}

/** Prints the comments that begin before an offset on lines of their own. */
function flush(page: Page, before: number, level: number): void {
  for (;;) {
    const comment = page.comments[page.next];
    if (comment === undefined || comment.span.start >= before) return;
    const gap = page.lastLine > 0 && lineOf(page, comment.span.start) > page.lastLine + 1;
    if (gap && page.lines.length > 0 && page.lines.at(-1) !== '') page.lines.push('');
    write(page, level, comment.text.trimEnd());
    page.lastLine = lineOf(page, comment.span.end);
    page.next += 1;
  }
}

/** Comments that were inside of a statement, or behind it in its last line, stand at the end of its line. */
function trail(page: Page, span: Span): void {
  page.lastLine = lineOf(page, span.end);
  for (;;) {
    const comment = page.comments[page.next];
    if (comment === undefined) return;
    const isBehind = comment.span.start >= span.end && lineOf(page, comment.span.start) === page.lastLine;
    const isInside = comment.span.start < span.end;
    if (!isBehind && !isInside) return;
    const last = page.lines.length - 1;
    const line = page.lines[last] ?? '';
    // Nothing can follow a comment to the end of the line.
    if (/(^|\s)\/\//.test(line)) page.lines.push(`${/^\s*/.exec(line)?.[0] ?? ''}${comment.text.trimEnd()}`);
    else page.lines[last] = `${line} ${comment.text.trimEnd()}`;
    page.lastLine = Math.max(page.lastLine, lineOf(page, comment.span.end));
    page.next += 1;
  }
}

/** Writes the lines of a text at a level; a line that is too long goes on where it may. */
function write(page: Page, level: number, text: string): void {
  const before = indent.repeat(level);
  for (const line of text.split('\n')) {
    const whole = `${before}${line.replaceAll(softBreak, ' ')}`;
    if (whole.length <= width || !line.includes(softBreak)) {
      page.lines.push(whole.trimEnd());
      continue;
    }
    const own = /^\s*/.exec(line)?.[0] ?? '';
    const [head = '', ...rest] = line.split(softBreak);
    page.lines.push(
      `${before}${head}`.trimEnd(),
      ...rest.map((part) => `${before}${own}${indent}${part}`.trimEnd()),
    );
  }
}

function printItem(page: Page, item: Item): string {
  switch (item.kind) {
    case 'import': {
      const names = item.names.map(({ name, alias }) =>
        alias === undefined ? name.text : `${name.text} as ${alias.text}`,
      );
      return `import { ${names.join(', ')} } from ${printExpression(item.from)}`;
    }
    case 'let': {
      const parameters = item.parameters === undefined ? '' : printParameters(item.parameters, ['(', ')']);
      return `let ${item.name.text}${parameters} = ${printExpression(item.value)}`;
    }
    case 'block':
    case 'model': {
      const parameters = item.parameters.length === 0 ? '' : printParameters(item.parameters, ['<', '>']);
      return `${item.kind} ${item.name.text}${parameters} ${printBody(page, item.body)}`;
    }
    case 'alias':
      return `model ${item.name.text} = ${item.target.name.text}${printAngle(item.target.arguments)}`;
    case 'train':
      return `train ${item.model.text} ${printSettings(page, item.settings, item.span)}`;
  }
}

/** A list of statements in braces: in one line if it stood in one and still fits, else a line each. */
function printBody(page: Page, body: Body): string {
  const inside = { start: body.span.start + 1, end: body.span.end - 1 };
  return braces(page, { source: body.span.source, ...inside }, body.statements, (inner, statement) =>
    printStatement(inner, statement),
  );
}

function printSettings(page: Page, settings: readonly Setting[], around: Span): string {
  const start = page.source.text.indexOf('{', settings[0] === undefined ? around.start : around.start);
  return braces(page, { ...around, start: start + 1, end: around.end - 1 }, settings, printSetting);
}

function braces<T extends { readonly span: Span }>(
  page: Page,
  inside: Span,
  statements: readonly T[],
  printOne: (page: Page, statement: T) => string,
): string {
  const hasComments = (page.comments[page.next]?.span.start ?? Number.POSITIVE_INFINITY) < inside.end;
  const isOneLine = !hasComments && lineOf(page, inside.start) === lineOf(page, inside.end);
  if (statements.length === 0 && !hasComments) return '{}';
  if (isOneLine) {
    const text = `{ ${statements.map((statement) => printOne(page, statement)).join('; ')} }`;
    if (!text.includes('\n') && text.replaceAll(softBreak, ' ').length <= width) return text;
  }
  return `{\n${lines(page, inside, statements, printOne)}\n}`;
}

/** The statements of a body a line each, or several where several stood in one line, with their comments, indented. */
function lines<T extends { readonly span: Span }>(
  page: Page,
  inside: Span,
  statements: readonly T[],
  printOne: (page: Page, statement: T) => string,
): string {
  const inner: Page = { ...page, lines: [], lastLine: 0 };
  // What stood behind the opening brace belongs to the line below it.
  let previous: T | undefined;
  for (const statement of statements) {
    const sameLine =
      previous !== undefined &&
      lineOf(page, previous.span.end) === lineOf(page, statement.span.start) &&
      (inner.comments[inner.next]?.span.start ?? Number.POSITIVE_INFINITY) >= statement.span.start;
    if (!sameLine) lead(inner, statement.span, 0, false);
    const text = printOne(inner, statement);
    const last = inner.lines.at(-1);
    if (
      sameLine &&
      last !== undefined &&
      !text.includes('\n') &&
      !last.includes('//') &&
      last.length + text.length < width - 10
    ) {
      inner.lines[inner.lines.length - 1] = `${last}; ${text.replaceAll(softBreak, ' ')}`;
    } else write(inner, 1, text);
    if (sameLine) inner.lines[inner.lines.length - 1] = reindented(inner.lines.at(-1) ?? '');
    trail(inner, statement.span);
    previous = statement;
  }
  flush(inner, inside.end, 0);
  page.next = inner.next;
  return inner.lines.map((line) => (line === '' ? '' : reindented(line))).join('\n');
}

function reindented(line: string): string {
  return line.startsWith(indent) ? line : `${indent}${line}`;
}

function printSetting(page: Page, setting: Setting): string {
  const separator =
    setting.arguments.length > 1 && setting.arguments.every(({ value }) => value.kind === 'string')
      ? ', '
      : ' ';
  const given = setting.arguments.map((argument) => printArgument(argument, '=', 'argument')).join(separator);
  const head = given === '' ? setting.name.text : `${setting.name.text} ${given}`;
  return setting.settings === undefined
    ? head
    : `${head} ${printSettings(page, setting.settings, setting.span)}`;
}

function printStatement(page: Page, statement: Statement): string {
  switch (statement.kind) {
    case 'chain':
      return printChain(page, statement.steps);
    case 'default':
      return `default ${statement.layer.text}${printArguments(statement.arguments)}`;
    case 'let':
      return printItem(page, statement);
    case 'assert': {
      const why = statement.why === undefined ? '' : `, ${printExpression(statement.why)}`;
      return `assert ${printExpression(statement.condition)}${why}`;
    }
    case 'if':
      return printIf(page, statement);
    case 'repeat': {
      const as = statement.as === undefined ? '' : ` as ${statement.as.text}`;
      return `repeat ${printExpression(statement.count)}${as} ${printBody(page, statement.body)}`;
    }
    case 'for': {
      const names = statement.names.map(({ text }) => text).join(', ');
      const bound = statement.names.length === 1 ? names : `(${names})`;
      return `for ${bound} in ${printExpression(statement.list)} ${printBody(page, statement.body)}`;
    }
    case 'from':
      return `from ${statement.names.map(({ text }) => text).join(', ')} ${printBody(page, statement.body)}`;
    case 'share':
      return `share ${statement.name.text} ${printBody(page, statement.body)}`;
  }
}

/** Steps stay in one line where they were in one and fit, else each arrow begins a line. */
function printChain(page: Page, steps: readonly Step[]): string {
  const parts = steps.map((step) => printStep(page, step));
  const [first] = steps;
  const last = steps.at(-1);
  const wasOneLine =
    first !== undefined &&
    last !== undefined &&
    lineOf(page, first.span.start) === lineOf(page, last.span.start);
  return parts.join(wasOneLine ? `${softBreak}-> ` : `\n${indent}-> `);
}

function printStep(page: Page, step: Step): string {
  const as = step.as === undefined ? '' : ` as ${step.as.text}`;
  switch (step.kind) {
    case 'layer':
      return `${step.name.text}${printArguments(step.arguments)}${as}`;
    case 'call':
      return `${step.name.text}${printAngle(step.arguments)}${as}`;
    case 'join':
      return `${step.name.text}${printArguments(step.arguments)} ${printBranches(page, step)}${as}`;
  }
}

function printArguments(given: readonly Argument[]): string {
  return given.map((argument) => ` ${printArgument(argument, '=', 'argument')}`).join('');
}

function printIf(page: Page, { branches, otherwise }: If): string {
  const parts = branches.map(
    ({ condition, body }) => `if ${printExpression(condition)} ${printBody(page, body)}`,
  );
  const rest = otherwise === undefined ? '' : ` else ${printBody(page, otherwise)}`;
  return `${parts.join(' else ')}${rest}`;
}

function printBranches(page: Page, step: Join): string {
  const [first] = step.branches;
  const last = step.branches.at(-1);
  const hasComments = (page.comments[page.next]?.span.start ?? Number.POSITIVE_INFINITY) < step.span.end;
  const isOneLine =
    first !== undefined &&
    last !== undefined &&
    lineOf(page, first.span.start) === lineOf(page, last.span.end);
  if (isOneLine && !hasComments) {
    const parts = step.branches.map((branch) =>
      branch.statements.map((statement) => printStatement(page, statement)).join('; '),
    );
    const text = `{ | ${parts.join(' | ')} }`;
    if (!text.includes('\n') && text.length <= width) return text;
  }
  const parts = step.branches.map((branch) => {
    const text = lines(page, branch.span, branch.statements, printStatement);
    const [head = '', ...rest] = text.split('\n');
    return [
      `${indent}| ${head.slice(indent.length)}`,
      ...rest.map((line) => (line === '' ? '' : `${indent}${line}`)),
    ].join('\n');
  });
  return `{\n${parts.join('\n')}\n}`;
}
