import type { Problem } from './problem.js';

/** What `cnnc explain CODE` prints: the code, a paragraph, a wrong example and the mended one. */
export function explainProblem(problem: Problem<never>): string {
  const { code, severity, explain } = problem;
  return [
    `${severity}[${code}]`,
    '',
    wrap(explain.text, 80),
    '',
    'Wrong:',
    '',
    indent(explain.wrong),
    'Mended:',
    '',
    indent(explain.right),
  ].join('\n');
}

function indent(text: string): string {
  return text.replace(/^(?=.)/gm, '  ');
}

function wrap(text: string, width: number): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  lines.push(line);
  return lines.join('\n');
}
