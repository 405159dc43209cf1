import { imagesPerSecond, type Benchmark, type EngineSpeed } from './benchmark.js';
import { jsonObject, plainJson, type Json } from './json.js';

/** A benchmark as data; times to a microsecond. */
export function benchmarkJson({ model, batch, macs, predictedBytes, engines, skipped }: Benchmark): Json {
  return jsonObject({
    formatVersion: 1,
    model,
    batch,
    macs,
    predictedBytes,
    engines: engines.map((speed) => plainJson(rounded(batch, speed))),
    skipped: plainJson(skipped),
  });
}

function rounded(batch: number, speed: EngineSpeed): EngineSpeed & { readonly imagesPerSecond: number } {
  const { firstMs, medianMs, leastMs, mostMs } = speed;
  return {
    ...speed,
    firstMs: thousandths(firstMs),
    medianMs: thousandths(medianMs),
    leastMs: thousandths(leastMs),
    mostMs: thousandths(mostMs),
    imagesPerSecond: thousandths(imagesPerSecond(batch, speed)),
  };
}

function thousandths(value: number): number {
  return Math.round(1000 * value) / 1000;
}
