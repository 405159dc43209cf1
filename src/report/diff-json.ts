import type { Change } from '../compiler/compare/change.js';
import type {
  ArgumentChange,
  ChangedLayer,
  Comparison,
  NamedWeight,
  WeightComparison,
} from '../compiler/compare/comparison.js';
import { isDirect } from '../compiler/compare/comparison.js';
import { layersOf, type Item } from '../compiler/compare/outline.js';
import { subtract, type Exact } from '../compiler/values/exact.js';
import { isSameReport, type DiffFile, type DiffModel, type DiffReport } from './diff.js';
import { itemWords } from './diff-words.js';
import { jsonObject, type Json } from './json.js';

/** What `cnnc diff --format json` writes; keys are added, never changed. */
export function diffJson(report: DiffReport): Json {
  return jsonObject({
    formatVersion: 1,
    against: report.against,
    same: isSameReport(report),
    files: report.files.map(fileJson),
  });
}

function fileJson({ before, after, models }: DiffFile): Json {
  return jsonObject({ before, after, models: models.map(modelJson) });
}

function modelJson(model: DiffModel): Json {
  if (model.kind !== 'compared') {
    const { graph, total } = model.model;
    const { params, macs } = total;
    return jsonObject({ status: model.kind, name: graph.name, totals: jsonObject({ params, macs }) });
  }
  return comparisonJson(model.comparison);
}

function comparisonJson(comparison: Comparison): Json {
  const { before, after, costs, field, weights } = comparison;
  return jsonObject({
    status: comparison.isSame ? 'same' : 'changed',
    name: after.graph.name,
    nameBefore: before.graph.name,
    parameters: comparison.parameters.map(argumentJson),
    added: comparison.added.map(itemJson),
    removed: comparison.removed.map(itemJson),
    changed: comparison.changed.map(changedJson),
    calls: comparison.calls.map((call) =>
      jsonObject({
        path: call.after.path,
        pathBefore: call.before.path,
        before: call.before.scope.text,
        after: call.after.scope.text,
      }),
    ),
    renamed: comparison.renamed.map((pair) =>
      jsonObject({ before: pair.before.path, after: pair.after.path }),
    ),
    totals: new Map(Object.entries(costs).map(([name, cost]) => [name, costJson(cost)])),
    receptiveField: jsonObject({ before: field.before, after: field.after }),
    weights: weightsJson(weights),
    interface: jsonObject({
      same: comparison.isSameInterface,
      changes: comparison.interface.map((change) => jsonObject({ ...change })),
    }),
  });
}

function argumentJson({ name, before, after }: ArgumentChange): Json {
  return jsonObject({ name, before, after });
}

function itemJson(item: Item): Json {
  return jsonObject({
    path: item.path,
    kind: item.kind === 'layer' ? item.head.kind : 'block',
    text: itemWords(item),
    layers: layersOf(item).map(({ path, head, nodes }) =>
      jsonObject({ path, kind: head.kind, shape: (nodes.at(-1) ?? head).shape }),
    ),
  });
}

function changedJson(change: ChangedLayer): Json {
  const { before, after, activation, inputs, sharesWith, shape, params, macs, field } = change;
  return jsonObject({
    path: after.path,
    pathBefore: before.path,
    kind: after.head.kind,
    direct: isDirect(change),
    arguments: change.arguments.map(argumentJson),
    activation: activation && jsonObject({ ...activation }),
    inputs: inputs && jsonObject({ ...inputs }),
    sharesWith: sharesWith && jsonObject({ ...sharesWith }),
    shape: shape && jsonObject({ ...shape }),
    params: params && jsonObject({ ...params }),
    macs: macs && jsonObject({ ...macs }),
    receptiveField: field && jsonObject({ ...field }),
  });
}

function costJson({ before, after }: Change<Exact>): Json {
  return jsonObject({ before, after, change: subtract(after, before) });
}

function weightsJson(weights: WeightComparison): Json {
  const { counts, loads, missing, surplus, reshaped, renamed, misplaced } = weights;
  return jsonObject({
    loads,
    counts: jsonObject({ ...counts }),
    missing: missing.map(weightJson),
    surplus: surplus.map(weightJson),
    reshaped: reshaped.map((change) => jsonObject({ ...change })),
    renamed: renamed.map(renamedJson),
    misplaced: misplaced.map(renamedJson),
  });
}

function weightJson({ name, shape }: NamedWeight): Json {
  return jsonObject({ name, shape });
}

function renamedJson({ before, after }: Change<NamedWeight>): Json {
  return jsonObject({ before: before.name, after: after.name, shape: after.shape });
}
