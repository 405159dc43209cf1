import { compile } from '../../src/compiler/compile.js';
import { makeSource } from '../../src/diagnostics/source.js';
import { makePicture } from '../../src/report/graph/make-picture.js';
import { writeSvg } from '../../src/report/graph/write-svg.js';
import { summarise } from '../../src/report/summary.js';
import type { GeneratedFile } from '../house/generated-file.js';

/** The first inception block of GoogLeNet, as `cnnc graph` draws it. */
const inception = `import { inception } from "std/blocks"
model Inception { input 28x28x192; inception<64, 96, 128, 16, 32, 32> }
`;

/** The picture that README.md shows. */
export function generate(): readonly GeneratedFile[] {
  const { models } = compile(makeSource('inception.cnn', inception));
  const graph = models[0]?.graph;
  if (graph === undefined) throw new Error('the model of the picture has mistakes');
  const picture = makePicture(summarise(graph, undefined));
  return [{ path: 'docs/inception.svg', text: writeSvg(picture, () => true) }];
}
