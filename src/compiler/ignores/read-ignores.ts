import type { Diagnostic, Severity } from '../../diagnostics/diagnostic.js';
import { report } from '../../diagnostics/problem.js';
import { spanOf } from '../../diagnostics/source.js';
import { offer } from '../../diagnostics/suggest.js';
import type { Comment, FileTree } from '../../parser/ast.js';
import type { Ignore } from './ignore.js';
import { wrongIgnore } from './problems.js';
import { reachesOf, type Reach } from './reach.js';

/** How bad each code is, for the codes that the compiler knows. */
export type Severities = ReadonlyMap<string, Severity>;

/** The comments of a file that silence warnings; what is wrong with one is told, and it silences nothing. */
export function readIgnores(
  tree: FileTree,
  severities: Severities,
  tell: (found: Diagnostic) => void,
): readonly Ignore[] {
  const comments = tree.comments.filter(({ text }) => marker.test(text));
  const reaches = reachesOf(tree, comments);
  return comments.flatMap((comment, place) => {
    const reach = reaches[place];
    return reach === undefined ? [] : ignoresIn(comment, reach, severities, tell);
  });
}

const marker = /^\/[/*]\s*cnnc-ignore\b/;
const form = /^(\/[/*]\s*cnnc-ignore\b\s*)([^:]*?)\s*(?::\s*([^]*?))?\s*(?:\*\/)?$/;

function ignoresIn(
  { text, span }: Comment,
  reach: Reach,
  severities: Severities,
  tell: (found: Diagnostic) => void,
): readonly Ignore[] {
  const [, lead = '', codes = '', why = ''] = form.exec(text) ?? [];
  const names = [...codes.matchAll(/[^\s,]+/g)];
  if (names.length === 0) {
    tell(report(wrongIgnore, span, { kind: 'no-code' }));
    return [];
  }
  return names.flatMap(({ 0: code, index }) => {
    const start = span.start + lead.length + index;
    const place = spanOf(span.source, start, start + code.length);
    const wrong = mistakeIn(code, why, severities);
    if (wrong === undefined) return [{ code, span: place, reach: reach.span, inBlock: reach.inBlock }];
    tell(
      report(
        wrongIgnore,
        place,
        wrong,
        wrong.kind === 'unknown-code' ? offer(code, place, severities.keys()) : {},
      ),
    );
    return [];
  });
}

function mistakeIn(code: string, why: string, severities: Severities) {
  const severity = severities.get(code);
  // What targets warn of is known to them alone.
  if (severity === undefined && !code.startsWith('target-')) return { kind: 'unknown-code', code } as const;
  if (severity === 'error') return { kind: 'error-code', code } as const;
  return why === '' ? ({ kind: 'no-reason', code } as const) : undefined;
}
