import { beforeAll, describe, expect, it } from 'vitest';
import { buildCnnc, cnnc } from './cnnc.js';

beforeAll(buildCnnc);

describe('cnnc doctor', () => {
  it('shows versions, how fast each engine is, and what mends one that is missing', async () => {
    const { code, out, err } = await cnnc(['doctor']);
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain(`Node           ${process.version}\n`);
    expect(out).toMatch(/^wasm +[\d.e+]+ GFLOP\/s/m);
    expect(out).toMatch(/^cpu +[\d.e+]+ GFLOP\/s/m);
    expect(out.match(/what `--engine auto` takes/g)).toHaveLength(1);
    if (/^node +not there/m.test(out)) expect(out).toContain('npm run native');
  });

  it('gives the same as JSON', async () => {
    const { code, out } = await cnnc(['doctor', '--format', 'json']);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      formatVersion: 1,
      versions: { node: process.version },
      targets: ['tfjs-layers', 'tfjs-graph', 'js'],
      engines: [{ name: 'node' }, { name: 'wasm', works: true }, { name: 'cpu', works: true }],
    });
  });
});
