import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { mergeDiagnostics } from '../diagnostics/merge.js';
import { report } from '../diagnostics/problem.js';
import { syntaxProblems } from '../parser/problems.js';
import { adviceProblems } from './advise/problems.js';
import type { Ignore } from './ignores/ignore.js';
import { unusedIgnore } from './ignores/problems.js';
import { readIgnores } from './ignores/read-ignores.js';
import { silence, unusedIgnores } from './ignores/silence.js';
import { compilerProblems } from './problems.js';
import type { LoadedModules } from './resolve/modules.js';

/** What is left of the messages of a compilation, and the comments that were heeded. */
export interface Heeded {
  readonly diagnostics: readonly Diagnostic[];
  readonly ignores: readonly Ignore[];
}

/**
 * Leaves out what comments silence. Where all models of the entry were compiled as they are written, its comments that
 * silence nothing are told of.
 */
export function heeded(
  { entry, all }: LoadedModules,
  found: readonly Diagnostic[],
  isAsWritten: boolean,
): Heeded {
  const diagnostics = [...found];
  const ignores = all.flatMap(({ tree }) =>
    readIgnores(tree, severities, (wrong) => diagnostics.push(wrong)),
  );
  const isWhole = isAsWritten && found.every(({ severity }) => severity !== 'error');
  const judged = ignores.filter(
    ({ code, reach, inBlock }) =>
      isWhole && reach.source === entry.source && severities.has(code) && !(inBlock && advice.has(code)),
  );
  for (const { code, span } of unusedIgnores(judged, found)) {
    diagnostics.push(report(unusedIgnore, span, { code }));
  }
  return { diagnostics: mergeDiagnostics(silence(diagnostics, ignores)), ignores };
}

const severities = new Map(
  [...syntaxProblems, ...compilerProblems].map(({ code, severity }) => [code, severity]),
);
const advice = new Set(adviceProblems.map(({ code }) => code));
