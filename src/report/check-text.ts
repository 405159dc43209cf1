import { grouped } from './training-text.js';
import type { CheckResult } from './check-json.js';

/** The last line of a check: `15 files, 21 models, 60 assertions: all well`. */
export function checkSummary(checked: CheckResult): string {
  const { files, models, assertions, errors, warnings } = checked;
  const what = [
    counted(files, 'file'),
    counted(models, 'model'),
    counted(assertions.length, 'assertion'),
  ].join(', ');
  const found = [
    errors > 0 ? counted(errors, 'error') : '',
    warnings > 0 ? counted(warnings, 'warning') : '',
  ];
  const outcome = found.filter((part) => part !== '').join(', ');
  return `${what}: ${outcome === '' ? withoutProblems(checked) : outcome}\n`;
}

function withoutProblems({ models }: CheckResult): string {
  return models === 0 ? 'nothing to check' : 'all well';
}

/** A count with its noun: `1 file`, `2 files`. */
export function counted(count: number, noun: string): string {
  return `${grouped(count)} ${noun}${count === 1 ? '' : 's'}`;
}
