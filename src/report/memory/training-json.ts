import { placeJson } from '../alive-json.js';
import { jsonObject, type Json } from '../json.js';
import { shownPath } from '../rows.js';
import { valueJson } from '../value-json.js';
import { partsOf, type TrainingReport } from './training-report.js';

/** What `cnnc memory --training --format json` writes; keys are added, never changed. */
export function trainingMemoryJson(reports: readonly TrainingReport[]): Json {
  return jsonObject({ formatVersion: 1, models: reports.map(modelJson) });
}

function modelJson(report: TrainingReport): Json {
  const { graph, batch, dtype, optimizer, recompute, memory } = report;
  const { at, alive = [] } = memory.peak ?? {};
  return jsonObject({
    name: graph.name,
    file: graph.scopes[0]?.origin.span.source.name,
    parameters: new Map(graph.parameters.map(({ name, value }) => [name, valueJson(value)])),
    batch,
    dtype,
    optimizer,
    recompute,
    trainingPeakBytes: memory.total,
    at: at === undefined ? undefined : shownPath(graph, at.id),
    parts: new Map(partsOf(report).map(({ name, bytes }) => [name, bytes])),
    alive: alive.map(({ node, purpose, bytes }) =>
      jsonObject({
        path: node === undefined ? undefined : shownPath(graph, node.id),
        purpose,
        bytes,
        ...(node === undefined ? {} : placeJson(node.origin.span)),
      }),
    ),
  });
}
