import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import type { Graph } from '../ir/graph.js';
import { biasBeforeBatchNorm } from './rules/bias-before-batch-norm.js';
import { dropoutBeforeBatchNorm } from './rules/dropout-before-batch-norm.js';
import { fieldExceedsImage } from './rules/field-exceeds-image.js';
import { idleLayer } from './rules/idle-layer.js';
import { lopsidedPadding } from './rules/lopsided-padding.js';
import { misalignedBranches } from './rules/misaligned-branches.js';
import { raggedGroups } from './rules/ragged-groups.js';
import { repeatedActivation } from './rules/repeated-activation.js';
import { softmaxOfOne } from './rules/softmax-of-one.js';
import { unseenPixels } from './rules/unseen-pixels.js';
import { sceneOf, type Rule } from './scene.js';

const rules: readonly Rule[] = [
  repeatedActivation,
  biasBeforeBatchNorm,
  dropoutBeforeBatchNorm,
  unseenPixels,
  lopsidedPadding,
  idleLayer,
  raggedGroups,
  misalignedBranches,
  fieldExceedsImage,
  softmaxOfOne,
];

/** What experts would ask about a network that is right as far as shapes go: warnings, at the lines of its author. */
export function advise(
  graph: Graph,
  isStandard: (source: Diagnostic['span']['source']) => boolean,
): readonly Diagnostic[] {
  const scene = sceneOf(graph);
  const found: Diagnostic[] = [];
  for (const rule of rules) rule(scene, (advice) => found.push(atTheAuthors(advice, isStandard)));
  return found;
}

/** Nobody changes the standard library: what is asked of one of its lines is asked at the call that led there. */
function atTheAuthors(
  advice: Diagnostic,
  isStandard: (source: Diagnostic['span']['source']) => boolean,
): Diagnostic {
  if (!isStandard(advice.span.source)) return advice;
  const place = advice.trail.findIndex(({ span }) => !isStandard(span.source));
  const call = advice.trail[place];
  if (call === undefined) return advice;
  const { span, label = 'here' } = advice;
  return {
    ...advice,
    span: call.span,
    related: [{ span, label }, ...advice.related],
    trail: advice.trail.slice(place + 1),
  };
}
