import { escapeForTerminal } from '../diagnostics/escape.js';
import { toGrouped } from '../compiler/values/exact.js';
import { imagesPerSecond, type Benchmark, type EngineSpeed } from './benchmark.js';
import { alignColumns } from './columns.js';
import { textAtLineStart } from './line-start.js';
import { bytesText } from './quantities.js';

/** The table of a benchmark for people: a line an engine. */
export function benchmarkText(benchmark: Benchmark): string {
  const { model, batch, macs, predictedBytes, engines, skipped } = benchmark;
  const table = alignColumns(
    [
      { title: 'engine', align: 'left' },
      { title: 'first run', align: 'right' },
      { title: 'median', align: 'right' },
      { title: 'fastest', align: 'right' },
      { title: 'runs', align: 'right' },
      { title: 'images/s', align: 'right' },
      { title: 'peak memory', align: 'right' },
    ],
    engines.map((speed) => rowOf(batch, speed)),
  );
  const head = [
    `${textAtLineStart(model)}: ${batch === 1 ? '1 image' : `${String(batch)} images`} at once`,
    `${toGrouped(macs)} macs an image`,
    `tensors of ${bytesText(predictedBytes)} at the peak`,
  ].join(', ');
  const absent = skipped.map(({ name, why }) => `${name} was not run: ${escapeForTerminal(why)}`);
  return [head, '', ...table, ...(absent.length === 0 ? [] : ['', ...absent])]
    .map((line) => `${line}\n`)
    .join('');
}

function rowOf(batch: number, speed: EngineSpeed): readonly string[] {
  const { name, firstMs, medianMs, leastMs, runs, peakBytes } = speed;
  return [
    name,
    milliseconds(firstMs),
    milliseconds(medianMs),
    milliseconds(leastMs),
    String(runs),
    digits(imagesPerSecond(batch, speed)),
    bytesText(peakBytes),
  ];
}

/** A time to three digits: `0.123 ms`, `12.3 ms`, `1,234 ms`. */
function milliseconds(time: number): string {
  return `${digits(time)} ms`;
}

function digits(value: number): string {
  if (value >= 100) return toGrouped(Math.round(value));
  const whole = value >= 10 ? 1 : 0;
  return value.toFixed(value >= 1 ? 2 - whole : 3);
}
