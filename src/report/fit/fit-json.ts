import type { Fit } from '../../compiler/fit/fit.js';
import type { Change } from '../../compiler/fit/ways-out.js';
import { placeJson } from '../alive-json.js';
import { jsonObject, type Json } from '../json.js';
import { shownPath } from '../rows.js';
import { changeText, contributorsOf, partsOf } from './fit-tables.js';

/** A fit as data. Keys are added, never changed. */
export function fitJson(fit: Fit): Json {
  const { graph, options, memory } = fit;
  const at = memory.peak?.at;
  return jsonObject({
    formatVersion: 1,
    model: graph.name,
    memoryBytes: options.bytes,
    optimizer: options.optimizer,
    dtype: options.dtype,
    recompute: options.recompute,
    fits: fit.fits,
    ...(options.batch === undefined ? {} : { askedBatch: options.batch }),
    largestBatch: fit.largest,
    beyondLargestBytes: fit.beyond,
    batch: fit.batch,
    peak: jsonObject({
      bytes: memory.total,
      ...(at === undefined ? {} : { at: shownPath(graph, at.id) }),
      parts: jsonObject(Object.fromEntries(partsOf(fit))),
      contributors: contributorsOf(fit).map(({ path, span, bytes, purpose }) =>
        jsonObject({
          ...(path === undefined ? {} : { path }),
          bytes,
          purpose,
          ...(span === undefined ? {} : placeJson(span)),
        }),
      ),
    }),
    waysOut: fit.waysOut.map(({ change, bytes, saved, largest }) =>
      jsonObject({
        ...changeJson(fit, change),
        text: changeText(fit, change).replaceAll('`', ''),
        bytes,
        savedBytes: saved,
        largestBatch: largest,
      }),
    ),
  });
}

function changeJson({ graph }: Fit, change: Change): Readonly<Record<string, Json>> {
  switch (change.kind) {
    case 'batch':
      return { kind: change.kind, batch: change.batch };
    case 'recompute':
      return { kind: change.kind };
    case 'dtype':
      return { kind: change.kind, dtype: change.dtype };
    case 'optimizer':
      return { kind: change.kind, optimizer: change.optimizer };
    case 'stride':
    case 'filters': {
      const { kind, nodes, parameter, from, to } = change;
      const paths = nodes.map(({ id }) => shownPath(graph, id));
      return { kind, parameter, from, to, paths, ...placeJson(nodes[0].origin.span) };
    }
    default: {
      const never: never = change;
      return never;
    }
  }
}
