import { beforeAll, describe, expect, it } from 'vitest';
import { checkedProblems } from '../../src/cli/explained.js';
import { runtimeExplanations } from '../../src/runtime/explanations.js';
import { buildCnnc, cnnc } from './cnnc.js';

beforeAll(buildCnnc);

const codes = [...checkedProblems.map(({ code }) => code), ...Object.keys(runtimeExplanations)].sort();

describe('cnnc explain', () => {
  it('lists the codes of checks and of runs', async () => {
    const { code, out } = await cnnc(['explain']);
    expect(code).toBe(0);
    expect(out).toBe(codes.map((known) => `${known}\n`).join(''));
  });

  it('explains a problem of a run as it does one of a file', async () => {
    const run = await cnnc(['explain', 'open-input']);
    expect(run).toMatchObject({ code: 0, err: '' });
    expect(run.out).toMatch(
      /^error\[open-input\]\n\n[^]+\n\nWrong:\n\n {2}cnnc train [^]+\n\nMended:\n\n {2}cnnc train /,
    );
    const file = await cnnc(['explain', 'unknown-setting']);
    expect(file.out).toMatch(/^error\[unknown-setting\]\n\n[^]+\n\nWrong:\n\n[^]+\n\nMended:\n\n/);
  });

  it('offers the nearest code of either kind', async () => {
    const { code, err } = await cnnc(['explain', 'weights-mising']);
    expect(code).toBe(2);
    expect(err).toContain('did you mean `weights-missing`?');
    expect((await cnnc(['explain', 'unknown-seting'])).err).toContain('did you mean `unknown-setting`?');
  });

  it('has its codes completed by every shell', async () => {
    for (const shell of ['bash', 'zsh', 'fish']) {
      const words = new Set((await cnnc(['completions', shell])).out.split(/[\s";]+/));
      expect(codes.filter((known) => !words.has(known))).toEqual([]);
    }
  });
});
