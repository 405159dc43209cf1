import { readFileSync } from 'node:fs';
import { compile } from '../../src/compiler/compile.js';
import { makeSource } from '../../src/diagnostics/source.js';
import { makePicture } from '../../src/report/graph/make-picture.js';
import type { Picture } from '../../src/report/graph/picture.js';
import { writeSvg } from '../../src/report/graph/write-svg.js';
import { summarise } from '../../src/report/summary.js';
import type { GeneratedFile } from '../house/generated-file.js';

/** The first inception block of GoogLeNet, as `cnnc graph` draws it. */
const inception = `import { inception } from "std/blocks"
model Inception { input 28x28x192; inception<64, 96, 128, 16, 32, 32> }
`;

/** The pictures that README.md shows. */
export function generate(): readonly GeneratedFile[] {
  const resnet = 'examples/resnet34.cnn';
  return [
    { path: 'docs/inception.svg', text: writeSvg(pictureOf('inception.cnn', inception), () => true) },
    {
      path: 'docs/resnet34.svg',
      text: writeSvg(pictureOf(resnet, readFileSync(resnet, 'utf8')), () => true, {
        direction: 'down',
        ratio: 'page',
      }),
    },
  ];
}

function pictureOf(name: string, text: string): Picture {
  const { models } = compile(makeSource(name, text));
  const graph = models[0]?.graph;
  if (graph === undefined) throw new Error(`the model of ${name} has mistakes`);
  return makePicture(summarise(graph, undefined));
}
