import { describe, expect, it } from 'vitest';
import { compile } from '../../src/compiler/compile.js';
import type { TrainSettings } from '../../src/compiler/training/settings.js';
import { makeSource } from '../../src/diagnostics/source.js';

const model = 'model M {\n  input 8x8x1\n  flatten\n  dense 10 softmax\n}\n';

describe('settings from outside', () => {
  it('take the place of a whole setting', () => {
    expect(read({ batch: '16', epochs: '3' }, 'batch 8; epochs 1')).toMatchObject({ batch: 16, epochs: 3 });
    const chosen = read({ optimizer: 'sgd rate=0.5' }, 'optimizer adam beta1=0.5');
    expect(chosen?.optimizer).toEqual({ kind: 'sgd', rate: 0.5, momentum: 0, decay: 0, nesterov: false });
    expect(read({ augment: '{ shift 20% }' }, 'augment { flip horizontal }')?.augment).toEqual({
      shift: { share: 0.2 },
    });
  });

  it('take the place of one parameter of what is chosen, and leave the others', () => {
    const settings = read(
      { rate: '1e-4', warmup: '2', scale: '1/128' },
      'optimizer sgd rate=0.1 momentum=0.5; schedule cosine floor=0.1',
    );
    expect(settings?.optimizer).toMatchObject({ kind: 'sgd', rate: 1e-4, momentum: 0.5 });
    expect(settings?.schedule).toEqual({ kind: 'cosine', floor: 0.1, warmup: 2 });
    expect(settings?.preprocess).toMatchObject({ scale: 1 / 128 });
  });

  it('reach a model without a train block, and the optimizer that it has by default', () => {
    expect(read({ rate: '0.5' })).toMatchObject({ optimizer: { kind: 'adam', rate: 0.5 }, batch: 32 });
  });

  it('follow one another', () => {
    expect(read({ optimizer: 'sgd', momentum: '0.5' })?.optimizer).toMatchObject({
      kind: 'sgd',
      momentum: 0.5,
    });
  });

  it('choose first, in whatever order they are given', () => {
    expect(read({ momentum: '0.5', optimizer: 'sgd' })?.optimizer).toMatchObject({
      kind: 'sgd',
      momentum: 0.5,
    });
  });

  it.each([
    [
      'momentum',
      '`momentum` is an argument of `optimizer sgd`, `optimizer momentum`, `optimizer nesterov` and ' +
        '`optimizer rmsprop`: write `--set-train "optimizer=sgd momentum=0.9"`',
    ],
    [
      'patience',
      '`patience` is an argument of `schedule plateau`: write `--set-train "schedule=plateau patience=0.9"`',
    ],
    ['bach', 'did you mean `batch`?'],
    ['rte', 'did you mean `rate`?'],
    ['momentm', 'did you mean `momentum`?'],
    ['scael', 'did you mean `scale`?'],
    ['xyzzy', undefined],
  ])('say what to write for %s where nothing that is chosen has it', (name, help) => {
    const { diagnostics } = compileWith({ [name]: '0.9' }, undefined);
    expect(diagnostics.map((found) => [found.code, found.help])).toEqual([['unknown-setting', help]]);
  });

  it('are told in the file where a parameter is written', () => {
    const { diagnostics } = compileWith({}, 'momentum 0.9; scale 0.01; nothing 1');
    expect(diagnostics.map((found) => found.help)).toEqual([
      '`momentum` is an argument of `optimizer sgd`, `optimizer momentum`, `optimizer nesterov` and ' +
        '`optimizer rmsprop`: write `optimizer sgd momentum=…`',
      '`scale` is an argument of `preprocess`: write `preprocess scale=…`',
      undefined,
    ]);
  });

  it.each([
    ['bach', '16', 'unknown-setting'],
    ['beta1', '0.5', 'unknown-setting'],
    ['rate', 'abc', 'wrong-setting'],
    ['rate', '-1', 'wrong-setting'],
    ['rate', '', 'syntax'],
    ['batch', '8; epochs 3', 'syntax'],
    ['batch', '8 }\nmodel X { input 4 ', 'syntax'],
    ['optimizer', 'sdg', 'unknown-choice'],
  ])('are one mistake at the flag for %s=%s: %s', (name, text, code) => {
    const { diagnostics } = compileWith({ [name]: text }, 'optimizer sgd');
    expect(diagnostics.map((found) => found.code)).toEqual([code]);
    expect(diagnostics[0]?.span.source.name).toBe(`--set-train ${name}`);
  });

  it('are held against the models that are asked for only', () => {
    const text = `${model}${model.replace('M', 'Other')}train Other { optimizer sgd }\n`;
    const source = makeSource('m.cnn', text);
    const setTrain = new Map([['beta1', '0.5']]);
    expect(compile(source, { models: ['M'], setTrain }).diagnostics).toEqual([]);
    expect(compile(source, { setTrain }).diagnostics.map(({ code }) => code)).toEqual(['unknown-setting']);
  });
});

function compileWith(outside: Readonly<Record<string, string>>, block: string | undefined) {
  const text = block === undefined ? model : `${model}train M { ${block} }\n`;
  return compile(makeSource('m.cnn', text), { setTrain: new Map(Object.entries(outside)) });
}

function read(outside: Readonly<Record<string, string>>, block?: string): TrainSettings | undefined {
  const { models, diagnostics } = compileWith(outside, block);
  expect(diagnostics).toEqual([]);
  return models[0]?.training;
}
