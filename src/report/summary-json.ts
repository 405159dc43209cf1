import { tallyOfScope, type Tally } from '../compiler/analyse/figures.js';
import { namesOfRules, type MemoryPeak } from '../compiler/analyse/memory.js';
import { centreOf, coversInput, type ReceptiveField } from '../compiler/analyse/receptive-field.js';
import { nodeAt, type Graph, type Node } from '../compiler/ir/graph.js';
import { aliveJson, placeJson } from './alive-json.js';
import { jsonObject, type Json } from './json.js';
import { valueJson } from './value-json.js';
import { rowsOf, shownPath, type Row } from './rows.js';
import type { Summary } from './summary.js';

/** What `cnnc summary --format json` writes; keys are added, never changed. */
export function summaryJson(summaries: readonly Summary[]): Json {
  return jsonObject({ formatVersion: 1, models: summaries.map(modelJson) });
}

function modelJson(summary: Summary): Json {
  const { graph, total, doc, training, convention } = summary;
  return jsonObject({
    name: graph.name,
    file: graph.scopes[0]?.origin.span.source.name,
    doc,
    parameters: new Map(graph.parameters.map(({ name, value }) => [name, valueJson(value)])),
    inputs: graph.inputs.map((id) => {
      const { path, shape } = nodeAt(graph, id);
      return jsonObject({ name: path, shape });
    }),
    outputs: graph.outputs.map((output) => {
      const { name, node, training: trainingOnly, weight } = output;
      const { shape } = nodeAt(graph, node);
      return jsonObject({ name, path: shownPath(graph, node), shape, training: trainingOnly, weight });
    }),
    openSizes: graph.openSizes,
    conditions: summary.smallest.map(({ size, atLeast, because }) =>
      jsonObject({
        size,
        atLeast,
        path: because === undefined ? undefined : shownPath(graph, because.id),
      }),
    ),
    training,
    convention,
    totals: tallyJson(total),
    memory: memoryJson(graph, summary.peak),
    receptiveField: jsonObject({
      ...fieldEntries(summary.fields.ofModel),
      coversInput: coversInput(graph, summary.fields.ofModel),
    }),
    layers: rowsOf(summary).flatMap((row) => (row.kind === 'layer' ? [layerJson(graph, row)] : [])),
    blocks: blocksJson(summary),
  });
}

function tallyJson(tally: Tally): Json {
  const { params, trainable, nonTrainable, macs, flops, weightBytes } = tally;
  return jsonObject({ params, trainable, nonTrainable, macs, flops, weightBytes });
}

function memoryJson(graph: Graph, peak: MemoryPeak): Json {
  return jsonObject({
    inferencePeakBytes: peak.bytes,
    at: peak.at === undefined ? undefined : shownPath(graph, peak.at.id),
    alive: peak.alive.map((tensor) => aliveJson(graph, tensor)),
    order: peak.order,
    rules: namesOfRules(peak.rules),
  });
}

function layerJson(graph: Graph, row: Row): Json {
  const { path, origin, shape, tally, field } = row;
  const first = firstOf(graph, row);
  return jsonObject({
    path,
    kind: first?.kind,
    ...placeJson(origin.span),
    written: row.written,
    inputs: first?.inputs.map((id) => shownPath(graph, id)),
    shape,
    params: tally.params,
    trainable: tally.trainable,
    macs: tally.macs,
    flops: tally.flops,
    weightBytes: tally.weightBytes,
    activationBytes: tally.activationBytes,
    receptiveField: field === undefined ? undefined : fieldJson(field),
    sharesWith: first?.sharesWith === undefined ? undefined : nodeAt(graph, first.sharesWith).path,
  });
}

/** The layer itself: its row's result may be an activation in its line. */
function firstOf(graph: Graph, { result }: Row): Node | undefined {
  let node = result;
  while (node?.inline === true) node = nodeAt(graph, node.inputs[0] ?? -1);
  return node;
}

function blocksJson({ graph, figures }: Summary): Json {
  return graph.scopes.slice(1).map((scope) => {
    const { path, text, origin } = scope;
    return jsonObject({ path, text, ...placeJson(origin.span), ...fieldsOf(tallyOfScope(figures, scope)) });
  });
}

function fieldsOf(tally: Tally): Record<string, Json> {
  const { params, trainable, macs, flops } = tally;
  return { params, trainable, macs, flops };
}

function fieldJson(field: ReceptiveField): Json {
  return jsonObject(fieldEntries(field));
}

function fieldEntries(field: ReceptiveField): Record<string, Json> {
  const { size, stride, offset, global } = field;
  return { size, stride, offset, centre: centreOf(field), global };
}
