import { describe, expect, expectTypeOf, it } from 'vitest';
import type { Initializer } from '../../src/compiler/ops/op.js';
import { opNamed, opNames, ops, type ArgsOfKind } from '../../src/compiler/ops/registry.js';
import type { Padding } from '../../src/compiler/ops/types/padding.js';
import type { Pair } from '../../src/compiler/ops/types/pair.js';

const languagePage =
  'input conv dwconv deconv dense pool gap gmp bn layernorm groupnorm lrn dropout flatten reshape permute pad crop upsample ' +
  'resize slice shuffle depth_to_space space_to_depth scale normalize identity softmax ' +
  'relu relu6 leaky_relu prelu elu selu gelu silu mish hardswish hardsigmoid sigmoid tanh softplus ' +
  'concat add mul max average';

describe('the registry', () => {
  it('has every layer of the language, and no other', () => {
    expect(opNames.toSorted()).toEqual(languagePage.split(' ').toSorted());
  });

  it('finds a layer by its name', () => {
    expect(opNamed('leaky_relu')).toEqual({ kind: 'leaky_relu', op: ops.leaky_relu });
  });

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', '', 'Conv', 'conv2d'])(
    'finds nothing under `%s`',
    (name) => {
      expect(opNamed(name)).toBeUndefined();
    },
  );
});

describe.each(opNames)('%s', (name) => {
  const { doc, params, positional } = ops[name];

  it('is documented', () => {
    const { summary, formula, cost, keras, pytorch, source, example } = doc;
    for (const text of [summary, formula, cost, keras, pytorch, source])
      expect(text.length).toBeGreaterThan(3);
    expect(summary).toMatch(/^[A-Z`].*\.$/s);
    expect(example.line.split(' ')[0]).toBe(name);
  });

  it('takes by position only parameters that it has', () => {
    expect(Object.keys(params)).toEqual(expect.arrayContaining([...positional]));
  });

  it('documents its parameters, whose words are different', () => {
    for (const { doc: text } of Object.values(params)) expect(text).toMatch(/^[a-z].*[^.]$/s);
  });
});

describe('the arguments of a layer', () => {
  it('have the types that its parameters give', () => {
    expectTypeOf<ArgsOfKind<'conv'>>().toEqualTypeOf<{
      readonly filters: number;
      readonly kernel: Pair;
      readonly stride: Pair;
      readonly pad: Padding;
      readonly dilation: Pair;
      readonly groups: number;
      readonly bias: boolean;
      readonly init: Initializer;
      readonly bias_init: Initializer;
      readonly l1: number;
      readonly l2: number;
    }>();
    expectTypeOf<ArgsOfKind<'pool'>['mode']>().toEqualTypeOf<'max' | 'avg'>();
    expectTypeOf<ArgsOfKind<'pool'>['stride']>().toEqualTypeOf<Pair | undefined>();
    expectTypeOf<ArgsOfKind<'leaky_relu'>>().toEqualTypeOf<{ readonly alpha: number }>();
  });
});
