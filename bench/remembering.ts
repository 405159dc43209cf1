import { readFileSync } from 'node:fs';
import { inferencePeak } from '../src/compiler/analyse/memory.js';
import { compile } from '../src/compiler/compile.js';
import { makeSource } from '../src/diagnostics/source.js';
import { reportMemory } from '../src/report/memory/memory-report.js';
import { memorySvg } from '../src/report/memory/memory-svg.js';
import { summarise } from '../src/report/summary.js';
import { summaryText } from '../src/report/summary-text.js';
import { deepText, graphOf } from './deep-text.js';
import { medianMilliseconds, medianRatio, type Effort, type Row } from './measure.js';

/** What the analysis of memory takes, beside the compilation and the report that it is a part of. */
export async function remembering({ smoke }: Effort): Promise<readonly Row[]> {
  const rounds = smoke ? 1 : 9;
  const source = makeSource('resnet.cnn', readFileSync('examples/resnet.cnn', 'utf8'));
  const compiled = (): ReturnType<typeof graphOf> => graphOf(compile(source, { models: ['ResNet152'] }));
  const graph = compiled();
  const warm = (): unknown => [
    summaryText(summarise(compiled(), undefined)),
    inferencePeak(graph, { order: 'best' }),
    memorySvg(reportMemory(graph, {})),
  ];
  if (!smoke) await medianMilliseconds(warm, 5, 5);
  const peak = (): unknown => inferencePeak(graph);
  const ofReport = await medianRatio(peak, () => summaryText(summarise(compiled(), undefined)), rounds);
  const best = await medianRatio(() => inferencePeak(graph, { order: 'best' }), peak, rounds);
  const picture = await medianRatio(() => memorySvg(reportMemory(graph, {})), compiled, rounds);
  const layers = smoke ? 2_000 : 100_000;
  const deep = graphOf(compile(makeSource('deep.cnn', deepText(layers)), { limits: { layers: 2_000_000 } }));
  const deepPeak = await medianMilliseconds(() => inferencePeak(deep), smoke ? 1 : 5);
  const deepBest = await medianMilliseconds(() => inferencePeak(deep, { order: 'best' }), smoke ? 1 : 5);
  return [
    {
      what: 'ResNet-152, its peak of memory, of the printed report',
      value: `${(100 * ofReport).toFixed(0)} %`,
    },
    { what: 'in the best order, against the order of the source', value: `${best.toFixed(1)}x` },
    { what: 'drawn over time as SVG, against compiling it', value: `${picture.toFixed(1)}x` },
    { what: `peak of ${String(layers)} layers`, value: `${(deepPeak / 1000).toFixed(2)} s` },
    { what: 'in the best order', value: `${(deepBest / 1000).toFixed(2)} s` },
  ];
}
