import { defineProblem } from '../../../diagnostics/problem.js';
import { shapeText, type Shape } from '../shape.js';

/** Branches that can't be joined element by element. */
export const shapeMismatch = defineProblem<{
  layer: string;
  shapes: readonly Shape[];
  repair: string | undefined;
}>({
  code: 'shape-mismatch',
  severity: 'error',
  explain: {
    text:
      '`add`, `mul`, `max` and `average` join element by element, so their branches have one shape. Only a branch of features, or a ' +
      'size of 1, is repeated to meet the others: 256 meets 7×7×256, and 7×7×1 does. A shortcut beside a stride needs a projection.',
    wrong: 'model Unit {\n  input 56x56x64\n  add {\n    | conv 128 3x3/2 same\n    | identity\n  }\n}\n',
    right:
      'model Unit {\n  input 56x56x64\n  add {\n    | conv 128 3x3/2 same\n    | conv 128 1x1/2 same\n  }\n}\n',
  },
  message: ({ layer, shapes }) =>
    `\`${layer}\` joins branches of one shape, but these are ${enumerated(shapes)}`,
  help: ({ repair }) => repair,
});

/** Branches that can't be laid side by side. */
export const concatMismatch = defineProblem<{
  shapes: readonly Shape[];
  along: string;
  repair: string | undefined;
}>({
  code: 'concat-mismatch',
  severity: 'error',
  explain: {
    text: '`concat` lays its branches side by side along one dimension, the channels unless told otherwise; all other sizes must be equal.',
    wrong: 'model Views {\n  input 28x28x8\n  concat {\n    | conv 8 3x3\n    | conv 8 5x5\n  }\n}\n',
    right:
      'model Views {\n  input 28x28x8\n  concat {\n    | conv 8 3x3 same\n    | conv 8 5x5 same\n  }\n}\n',
  },
  message: ({ shapes, along }) =>
    `\`concat\` joins branches that differ in their ${along} only, but these are ${enumerated(shapes)}`,
  help: ({ repair }) => repair,
});

/** Branches of which nobody can say whether they agree, because sizes are open. */
export const undecidedShapes = defineProblem<{
  layer: string;
  shapes: readonly Shape[];
  waitsFor: readonly string[];
}>({
  code: 'undecided-shapes',
  severity: 'error',
  explain: {
    text:
      'Sizes that are left open are compared as formulas, and a join needs them equal for every image. ⌈h/2⌉ and ⌊h/2⌋ agree ' +
      'for even heights only. One rounding on all branches, or a written size, settles it.',
    wrong:
      'model Views {\n  input ?x?x8\n  add {\n    | pool max 2x2 same\n    | pool avg 2x2 valid\n  }\n}\n',
    right:
      'model Views {\n  input ?x?x8\n  add {\n    | pool max 2x2 same\n    | pool avg 2x2 same\n  }\n}\n',
  },
  message: ({ layer, shapes, waitsFor }) =>
    `whether \`${layer}\` can join ${enumerated(shapes)} depends on ${waitsFor.map((name) => `\`${name}\``).join(' and ')}`,
  help: () => 'round the same way in all branches, or write the sizes in `input`',
});

/** Different shapes in a sentence, the first four: `28×28×128 and 56×56×64`. */
function enumerated(shapes: readonly Shape[]): string {
  const texts = [...new Set(shapes.map((shape) => shapeText(shape)))];
  const shown = texts.slice(0, 4);
  const rest =
    texts.length > shown.length ? `${String(texts.length - shown.length)} more` : (shown.pop() ?? '');
  return shown.length === 0 ? rest : `${shown.join(', ')} and ${rest}`;
}
