import { escapeForTerminal } from '../diagnostics/escape.js';
import { alignColumns } from './columns.js';
import { textAtLineStart } from './line-start.js';
import type { LayerDifference, RunnerDifferences, Verification } from './verification.js';

/** The table of a verification for people: a line a layer, a column a runner, and what came of it below. */
export function verificationText(verification: Verification): string {
  const { model, reference, tolerance, batch, layers, runners, skipped } = verification;
  const byPath = runners.map((runner) => new Map(runner.layers.map((layer) => [layer.path, layer])));
  const table = alignColumns(
    [
      { title: 'layer', align: 'left' },
      { title: 'kind', align: 'left' },
      ...runners.map(({ name }) => ({ title: name, align: 'right' }) as const),
    ],
    layers.map(({ path, kind }) => [
      textAtLineStart(path),
      kind,
      ...byPath.map((known) => cell(known.get(path), tolerance)),
    ]),
  );
  const head = `${textAtLineStart(model)}: ${inputs(batch)}, held against ${reference ?? 'nothing'}; differences by the largest magnitude of a layer`;
  const results = runners.map((runner) => resultText(runner, tolerance));
  const absent = skipped.map(({ name, why }) => `${name} was not run: ${escapeForTerminal(why)}`);
  return [head, '', ...table, '', ...results, ...absent].map((line) => `${line}\n`).join('');
}

function inputs(batch: number): string {
  return batch === 1 ? '1 input' : `${String(batch)} inputs`;
}

/** A dash where a layer became part of a later one. */
function cell(layer: LayerDifference | undefined, tolerance: number): string {
  if (layer === undefined) return '–';
  return `${numberText(layer.relative)}${layer.relative > tolerance ? ' !' : ''}`;
}

function resultText({ name, layers, largest, departs }: RunnerDifferences, tolerance: number): string {
  if (largest === undefined) return `${name}: no layer to compare`;
  const most = `${name}: ${String(layers.length)} layers, at most ${numberText(largest.relative)} at ${escapeForTerminal(largest.path)}`;
  if (departs === undefined) return `${most}: agrees`;
  const beyond = `${numberText(departs.relative)}, beyond ${numberText(tolerance)}`;
  return `${most}: departs first at ${escapeForTerminal(departs.path)} (${beyond})`;
}

function numberText(value: number): string {
  if (value === 0) return '0';
  return Number.isFinite(value) ? value.toExponential(1) : 'not finite';
}
