import { describe, expect, it } from 'vitest';
import { figuresOf, totalOf } from '../../src/compiler/analyse/figures.js';
import { codesIn, compileText, graphOf, graphOfBody, pathsOf, shapeAt } from '../compiler/net.js';

const inception = `/// Four parallel views of one input (Szegedy et al., 2014), joined along the channels.
block inception<c1, r3, c3, r5, c5, proj> {
  default conv same
  concat {
    | conv c1 1x1 relu
    | conv r3 1x1 relu -> conv c3 3x3 relu
    | conv r5 1x1 relu -> conv c5 5x5 relu
    | pool max 3x3/1 same -> conv proj 1x1 relu
  }
}
`;

const residual = `block residual<filters, stride = 1, attention: block = identity> {
  default conv same bias=false
  add {
    | conv filters 3x3/stride -> bn -> relu
      conv filters 3x3 -> bn -> attention<>
    | shortcut<filters, stride>
  }
  relu
}

block shortcut<filters, stride = 1> {
  if stride > 1 or in.channels != filters {
    conv filters 1x1/stride same bias=false -> bn
  }
}

block se<ratio = 16> {
  mul {
    | identity
    | gap -> dense (in.channels / ratio) relu -> dense in.channels sigmoid
  }
}
`;

const model = (body: string): string => `model M {\n  input 56x56x64\n${body}\n}\n`;

describe('a join', () => {
  it('joins branches that start from one tensor', () => {
    const graph = graphOf(`${inception}model M { input 28x28x192; inception<64, 96, 128, 16, 32, 32> }`);
    expect(shapeAt(graph)).toBe('28×28×256');
    expect(totalOf(figuresOf(graph)).params).toBe(163_696);
  });

  it.each(['add', 'mul', 'max', 'average'])('`%s` keeps the shape', (join) => {
    expect(shapeAt(graphOfBody(`${join} { | conv 4 1x1 | identity }`))).toBe('8×8×4');
  });

  it('has branches of several lines', () => {
    const graph = graphOfBody('concat {\n  | conv 1 1x1\n    relu\n\n    conv 2 1x1\n  | identity\n}');
    expect(pathsOf(graph)).toEqual(['input', 'conv1', 'relu1', 'conv2', 'concat1']);
  });

  it('joins the current tensor with named ones', () => {
    const graph = graphOfBody('relu as skip\nconv 2 1x1\nconcat skip');
    expect(shapeAt(graph)).toBe('8×8×6');
  });
});

describe('a block', () => {
  it('asks what arrives, so that a shortcut projects only where it must', () => {
    const graph = graphOf(residual + model('residual<64>\nresidual<128, stride = 2>'));
    expect(pathsOf(graph).filter((path) => path.includes('shortcut'))).toEqual([
      'residual2.shortcut1.conv1',
      'residual2.shortcut1.bn1',
    ]);
    expect(shapeAt(graph)).toBe('28×28×128');
  });

  it('takes a block as an argument, whose own arguments are bound where they stand', () => {
    const graph = graphOf(
      residual + model('residual<64, attention = se<16>>\nlet r = 32\nresidual<64, attention = se<r>>'),
    );
    expect(shapeAt(graph, 'residual1.se1.dense1')).toBe('4');
    expect(shapeAt(graph, 'residual2.se1.dense1')).toBe('2');
  });

  it('takes the arguments of a block argument that are left at the call', () => {
    const text = `block unit<make: block> { make<8> }\nblock wide<filters, kernel: size = 3x3> { conv filters kernel }\n`;
    expect(shapeAt(graphOf(text + model('unit<wide>')))).toBe('54×54×8');
    expect(shapeAt(graphOf(text + model('unit<wide<kernel = 5x5>>')))).toBe('52×52×8');
  });

  it('takes a layer’s name, also with arguments', () => {
    const text = 'block unit<act: block = relu, make: block = conv<8, 1x1>> { make<> -> bn -> act<> }\n';
    expect(pathsOf(graphOf(text + model('unit<>')))).toEqual([
      'input',
      'unit1.conv1',
      'unit1.bn1',
      'unit1.relu1',
    ]);
    expect(pathsOf(graphOf(text + model('unit<silu>'))).at(-1)).toBe('unit1.silu1');
    expect(shapeAt(graphOf(text + model('unit<make = dwconv<3x3>>')))).toBe('54×54×64');
    expect(shapeAt(graphOf(text + model('unit<make = conv<kernel = 1x1, filters = 3>>')))).toBe('56×56×3');
  });

  it('takes a block as an activation of a layer', () => {
    const text = 'block unit<act: block> { conv 8 1x1 act }\n';
    expect(pathsOf(graphOf(text + model('unit<relu>')))).toEqual([
      'input',
      'unit1.conv1',
      'unit1.conv1.relu',
    ]);
  });

  it.each([
    ['residual<>', 'missing-argument'],
    ['residual<64, strides = 2>', 'unknown-parameter'],
    ['residual<64, 1, filters = 3>', 'repeated-argument'],
    ['residual<64, 1, se<8>, 4>', 'surplus-argument'],
    ['residual<64, stride = "one">', 'wrong-kind'],
    ['residual<64, attention = 3>', 'wrong-kind'],
    ['residual<64, stride = 1.5>', 'wrong-kind'],
  ])('refuses %s', (call, code) => {
    expect(codesIn(residual + model(call))).toEqual([code]);
  });

  it('is named, not computed, where a division does not come out', () => {
    const { diagnostics } = compileText(`${residual}model M { input 8x8x85; se<2> }`);
    expect(diagnostics.map(({ code, message }) => [code, message])).toEqual([
      ['not-whole', '`units` of `dense` is a whole number, but `in.channels / ratio` is 42.5'],
    ]);
    expect(codesIn(`${residual}model M { input 8x8x85; se<in_ratio>; }\nlet in_ratio = 5\n`)).toEqual([]);
  });

  it('may be a model, whose input is then what arrives and must agree', () => {
    const text = 'model Body<filters = 4> {\n  input 56x56x64\n  conv filters 1x1\n}\n';
    const graph = graphOf(
      `${text}${model('Body<8>\nBody2<>')}model Body2 {\n  input ?x?x8\n  conv 2 1x1\n}\n`,
      { model: 'M' },
    );
    expect(pathsOf(graph)).toEqual(['input', 'Body1.conv1', 'Body21.conv1']);
    expect(codesIn(`${text}${model('pool max 2x2\nBody<>')}`)).toEqual(['model-input-mismatch']);
  });
});

describe('repetition', () => {
  const resnet34 = `${residual}model ResNet34<classes = 1000> {
  input 224x224x3
  conv 64 7x7/2 same bias=false -> bn -> relu
  pool max 3x3/2 same
  for (filters, depth) in [(64, 3), (128, 4), (256, 6), (512, 3)] {
    repeat depth as i {
      residual<filters, stride = if i == 0 and filters > 64 then 2 else 1>
    }
  }
  gap
  dense classes softmax
}
`;
  it('is unrolled: ResNet-34', () => {
    const { models } = compileText(resnet34);
    const graph = models[0]?.graph;
    if (graph === undefined) throw new Error('no graph');
    expect(graph.scopes.filter(({ text }) => text.startsWith('residual'))).toHaveLength(16);
    expect(totalOf(figuresOf(graph)).trainable).toBe(21_797_672);
  });

  it('goes through lists, tuples, ranges, and counts', () => {
    expect(shapeAt(graphOfBody('for width in [3, 5] { conv width 1x1 }'))).toBe('8×8×5');
    expect(shapeAt(graphOfBody('for width in (3, 6) { conv width 1x1 }'))).toBe('8×8×6');
    expect(shapeAt(graphOfBody('for i in range(3) { conv (i + 1) 1x1 }'))).toBe('8×8×3');
    expect(shapeAt(graphOfBody('for i in 2..5 { conv i 1x1 }'))).toBe('8×8×4');
    expect(shapeAt(graphOfBody('repeat 0 { flatten }'))).toBe('8×8×4');
  });

  it('instantiates a parametrised model by an alias, and a check covers every one', () => {
    const text =
      'model Net<depth, classes = 10> {\n  input 8x8x1\n  repeat depth { conv 2 1x1 }\n  gap\n  dense classes\n}\nmodel Net2 = Net<depth = 2>\nmodel Net3 = Net<3>\nmodel Small = Net3<classes = 2>\n';
    const { models, diagnostics } = compileText(text);
    expect(diagnostics).toEqual([]);
    expect(models.map(({ name, graph }) => [name, graph?.nodes.length])).toEqual([
      ['Net2', 5],
      ['Net3', 6],
      ['Small', 6],
    ]);
    expect(codesIn(text.replace('Net<3>', 'Net<2.5>'))).toEqual(['wrong-count']);
  });
});
