import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { renderDiagnostics } from '../diagnostics/render.js';
import { diagnosticsShown, type LimitFlags } from './flags.js';
import type { Io, OutputStream } from './io.js';

/** Shows problems on standard error, for commands whose result is something else. */
export function showDiagnostics(io: Io, diagnostics: readonly Diagnostic[], flags: LimitFlags): void {
  const text = renderDiagnostics(diagnostics, {
    color: hasColor(io.err),
    limit: flags.limitDiagnostics ?? diagnosticsShown.default,
  });
  if (text !== '') io.err.write(`${text}\n`);
}

/** Problems as text for standard output or a file, each followed by an empty line. */
export function diagnosticsText(
  found: { readonly diagnostics: readonly Diagnostic[]; readonly omitted: number },
  io: Io,
  flags: { readonly outputFile?: string },
): string {
  const color = flags.outputFile === undefined && hasColor(io.out);
  const text = renderDiagnostics(found.diagnostics, { color, limit: found.diagnostics.length });
  const rest = found.omitted > 0 ? `and ${String(found.omitted)} more\n\n` : '';
  return text === '' ? rest : `${text}\n${rest}`;
}

/** True where any of the problems is an error. */
export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(({ severity }) => severity === 'error');
}

function hasColor({ colors }: OutputStream): boolean {
  return colors.isColorSupported;
}
