import stringWidth from 'string-width';
import { escapeForTerminal } from './escape.js';
import type { Problem } from './problem.js';

/** What is explained: a problem of a file, or one of running a model, which has no place in a file. */
export type Explained = Pick<Problem<never>, 'code' | 'severity' | 'explain'>;

/** What `cnnc explain CODE` prints: the code, a paragraph, a wrong example and the mended one. */
export function explainProblem(problem: Explained): string {
  const { code, severity, explain } = problem;
  return [
    `${severity}[${code}]`,
    '',
    wrap(explain.text, 80),
    '',
    'Wrong:',
    '',
    indent(explain.wrong),
    '',
    'Mended:',
    '',
    indent(explain.right),
  ].join('\n');
}

/** An example may hold what a terminal would obey: a byte 0 is the smallest text that is none. */
function indent(text: string): string {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => (line === '' ? '' : `  ${escapeForTerminal(line)}`))
    .join('\n');
}

function wrap(text: string, columns: number): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line === '' || stringWidth(longer) <= columns) line = longer;
    else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line].join('\n');
}
