import { namesOfRules } from '../../compiler/analyse/memory.js';
import { nodeAt } from '../../compiler/ir/graph.js';
import { jsonObject, type Json } from '../json.js';
import { aliveJson, placeJson } from '../alive-json.js';
import { shownPath } from '../rows.js';
import { valueJson } from '../value-json.js';
import type { MemoryReport } from './memory-report.js';

/** What `cnnc memory --format json` writes; keys are added, never changed. */
export function memoryJson(reports: readonly MemoryReport[]): Json {
  return jsonObject({ formatVersion: 1, models: reports.map(modelJson) });
}

function modelJson({ graph, profile, batch, weightBytes }: MemoryReport): Json {
  const { peak, nodes, bytes } = profile;
  return jsonObject({
    name: graph.name,
    file: graph.scopes[0]?.origin.span.source.name,
    parameters: new Map(graph.parameters.map(({ name, value }) => [name, valueJson(value)])),
    inputs: graph.inputs.map((id) => {
      const { path, shape } = nodeAt(graph, id);
      return jsonObject({ name: path, shape });
    }),
    batch,
    dtype: peak.dtype,
    order: peak.order,
    rules: namesOfRules(peak.rules),
    weightBytes,
    inferencePeakBytes: peak.bytes,
    at: peak.at === undefined ? undefined : shownPath(graph, peak.at.id),
    step: profile.peakStep,
    alive: peak.alive.map((tensor) => aliveJson(graph, tensor)),
    steps: nodes.map((node, step) =>
      jsonObject({
        path: shownPath(graph, node.id),
        kind: node.kind,
        ...placeJson(node.origin.span),
        shape: node.shape,
        bytes: bytes[step] ?? 0,
      }),
    ),
    tensors: profile.stretches.map((stretch) =>
      jsonObject({
        path: shownPath(graph, stretch.node.id),
        bytes: stretch.bytes,
        from: stretch.from,
        until: stretch.until,
      }),
    ),
  });
}
