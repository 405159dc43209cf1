/**
 * What the printer is told, one after the other (Oppen 1980): groups are printed in one line where they fit into it, else
 * each of their own soft breaks begins a line.
 */
export type Command =
  | { readonly kind: 'text'; readonly text: string }
  /** Text that may stand beyond the width: a comment behind a statement. */
  | { readonly kind: 'comment'; readonly text: string }
  | { readonly kind: 'open' }
  | { readonly kind: 'close' }
  /** `flat` in a group that fits; in another one a line end, and `indent` levels more than where the group began. */
  | { readonly kind: 'soft'; readonly flat: string; readonly indent: Indent }
  | { readonly kind: 'hard'; readonly isBlank: boolean; readonly indent: Indent }
  /** Statements in braces are indented; those behind `|` once more. */
  | { readonly kind: 'nest' }
  | { readonly kind: 'branch' }
  | { readonly kind: 'unnest' };

/** How far a new line is indented: as the group or one level more, as the statements around, or as what holds these. */
export type Indent = 'group' | 'inside' | 'statement' | 'outside';

const width = 110;
const step = '  ';

interface Group {
  readonly isFlat: boolean;
  /** The indentation of the line in which it began. */
  readonly base: number;
}

interface Page {
  readonly lines: string[];
  line: string;
  /** The indentation of the line at hand; behind `|` that of what follows it. */
  indent: number;
  readonly groups: Group[];
  readonly nests: { readonly inside: number; readonly outside: number }[];
}

/** Sets a text from its commands, in lines of at most 110 characters where it can be broken. */
export function layLines(commands: readonly Command[]): readonly string[] {
  const page: Page = { lines: [], line: '', indent: 0, groups: [], nests: [] };
  for (const [place, command] of commands.entries()) obey(page, command, commands, place);
  page.lines.push(page.line.trimEnd());
  return page.lines;
}

function obey(page: Page, command: Command, commands: readonly Command[], place: number): void {
  switch (command.kind) {
    case 'text':
    case 'comment':
      page.line += page.line === '' ? step.repeat(page.indent) + command.text.trimStart() : command.text;
      return;
    case 'open': {
      const isFlat = page.groups.at(-1)?.isFlat === true || fits(page, commands, place + 1);
      page.groups.push({ isFlat, base: page.indent });
      return;
    }
    case 'close':
      page.groups.pop();
      return;
    case 'soft':
      if (page.groups.at(-1)?.isFlat === true) page.line += command.flat;
      else breakLine(page, command.indent, false);
      return;
    case 'hard':
      breakLine(page, command.indent, command.isBlank);
      return;
    case 'nest':
      page.nests.push({ inside: page.indent + 1, outside: page.indent });
      return;
    case 'branch': {
      page.indent += 1;
      page.nests.push({ inside: page.indent, outside: page.indent - 1 });
      return;
    }
    case 'unnest':
      page.nests.pop();
      return;
  }
}

function breakLine(page: Page, indent: Indent, isBlank: boolean): void {
  if (page.line.trim() !== '' || page.lines.length > 0) page.lines.push(page.line.trimEnd());
  if (isBlank && page.lines.at(-1) !== '') page.lines.push('');
  page.line = '';
  page.indent = indentOf(page, indent);
}

function indentOf({ groups, nests }: Page, indent: Indent): number {
  const base = groups.at(-1)?.base ?? 0;
  switch (indent) {
    case 'group':
      return base;
    case 'inside':
      return base + 1;
    case 'statement':
      return nests.at(-1)?.inside ?? 0;
    case 'outside':
      return nests.at(-1)?.outside ?? 0;
  }
}

/** True if a group that begins at a place can stand in the line, with what follows it up to the next break. */
function fits(page: Page, commands: readonly Command[], from: number): boolean {
  let used =
    page.line === '' ? page.indent * step.length : page.line.length - page.line.lastIndexOf('\n') - 1;
  let depth = 1;
  for (let place = from; used <= width; place += 1) {
    const command = commands[place];
    if (command === undefined) return true;
    if (command.kind === 'open') depth += 1;
    else if (command.kind === 'close') depth -= 1;
    else if (command.kind === 'text') used += command.text.length;
    else if (command.kind === 'hard') return depth <= 0;
    else if (command.kind === 'comment' && depth > 0 && command.text.startsWith('//')) return false;
    else if (command.kind === 'soft') {
      if (depth <= 0) return true;
      used += command.flat.length;
    }
  }
  return false;
}
