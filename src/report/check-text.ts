import { countsOf, type CheckCounts, type CheckResult } from './checked.js';
import { grouped } from './training-text.js';

/** The last line of a check: `15 files, 21 models, 60 assertions: all well`. */
export function checkSummary(checked: CheckResult): string {
  const counts = countsOf(checked);
  return `${whatWasChecked(counts)}: ${outcomeText(counts)}\n`;
}

/** `15 files, 21 models, 60 assertions`. */
export function whatWasChecked({ files, models, variants, assertions }: CheckCounts): string {
  const ofVariants = variants === 0 ? [] : [counted(variants, 'variant')];
  return [
    counted(files, 'file'),
    counted(models, 'model'),
    ...ofVariants,
    counted(assertions, 'assertion'),
  ].join(', ');
}

/** `1 error, 2 warnings`, `all well`, or that there was nothing to check. */
export function outcomeText({ models, variants, errors, warnings }: CheckCounts): string {
  const found = [
    ...(errors > 0 ? [counted(errors, 'error')] : []),
    ...(warnings > 0 ? [counted(warnings, 'warning')] : []),
  ];
  if (found.length > 0) return found.join(', ');
  return models + variants === 0 ? 'nothing to check' : 'all well';
}

/** A count with its noun: `1 file`, `2 files`. */
export function counted(count: number, noun: string): string {
  return `${grouped(count)} ${noun}${count === 1 ? '' : 's'}`;
}
