import type { Target } from './backend.js';
import { jsFolder } from './js/index.js';
import { tfjsGraph } from './tfjs-graph/index.js';
import { tfjsLayers } from './tfjs-layers/index.js';

/** Every target that writes files, in the order of the documents. */
export const targets: readonly Target[] = [tfjsLayers, tfjsGraph, jsFolder(tfjsGraph)];

/** The target of this name, if there is one. */
export function targetNamed(name: string): Target | undefined {
  return targets.find((target) => target.name === name);
}
