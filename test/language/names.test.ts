import { describe, expect, it } from 'vitest';
import { figuresOf, totalOf } from '../../src/compiler/analyse/figures.js';
import { verifyGraph } from '../../src/compiler/ir/verify.js';
import { codesIn, graphOf, graphOfBody, pathsOf, shapeAt } from '../compiler/net.js';

describe('a path', () => {
  it('is the blocks it stands in and its place among its kind; `as` replaces the last part', () => {
    const graph = graphOf(
      'block unit { conv 4 1x1 -> bn\n  conv 4 1x1 as last }\nmodel M { input 8x8x4; unit<>; unit<> as second; conv 1 1x1 }',
    );
    expect(pathsOf(graph)).toEqual([
      'input',
      'unit1.conv1',
      'unit1.bn1',
      'unit1.last',
      'second.conv1',
      'second.bn1',
      'second.last',
      'conv1',
    ]);
  });

  it('is not renamed by a change further down', () => {
    const before = pathsOf(graphOfBody('conv 4 1x1\nbn\nconv 4 1x1'));
    const after = pathsOf(graphOfBody('conv 4 1x1\nbn\nconv 4 1x1\nrelu\nconv 4 1x1'));
    expect(after.slice(0, before.length)).toEqual(before);
  });

  it('stays unique where `as` stands in a loop, or takes a numbered name', () => {
    for (const body of [
      'repeat 3 { conv 4 1x1 as c }',
      'conv 4 1x1 as conv2\nconv 4 1x1\nconv 4 1x1',
      'conv 4 1x1\nconv 4 1x1 as conv1',
      'conv 1 1x1 as a_2\nrepeat 2 { conv 1 1x1 as a }',
    ]) {
      expect(verifyGraph(graphOfBody(body))).toEqual([]);
    }
    expect(pathsOf(graphOfBody('repeat 3 { conv 4 1x1 as c }'))).toEqual(['input', 'c', 'c_2', 'c_3']);
  });
});

describe('several lines of layers', () => {
  const aux = `model M<classes = 5> {
  input 28x28x8
  conv 16 1x1 relu as mid
  pool max 2x2
  gap -> dense classes softmax
  from mid {
    pool avg 5x5/3 -> conv 128 1x1 relu -> flatten
    dense 1024 relu -> dropout 70% -> dense classes softmax
    output aux1 weight=0.3 training
  }
}
`;

  it('begin with `from`, and end in outputs that may exist in training only', () => {
    const graph = graphOf(aux);
    expect(graph.outputs.map(({ name, training, weight }) => ({ name, training, weight }))).toEqual([
      { name: 'aux1', training: true, weight: 0.3 },
      { name: 'output', training: false, weight: 1 },
    ]);
    const atInference = totalOf(figuresOf(graph)).params;
    expect(atInference).toBe(8 * 16 + 16 + 16 * 5 + 5);
    expect(totalOf(figuresOf(graph, { training: true })).params).not.toBe(atInference);
  });

  it('begin at several tensors, which a join takes', () => {
    const graph = graphOfBody('conv 2 1x1 as a\nconv 3 1x1 as b\nfrom a, b { concat; output both }');
    expect(shapeAt(graph, 'concat1')).toBe('8×8×5');
  });

  it('are warned of where nothing reads them', () => {
    expect(codesIn('model M { input 8x8x1 as a; relu; from a { tanh } }')).toEqual(['unused-tensor']);
  });

  it('name their tensors: a join, and `from`, read nothing else', () => {
    expect(codesIn('model M { input 8x8x1; let n = 1; conv n 1x1; add n }')).toEqual(['not-a-tensor']);
    expect(codesIn('model M { input 8x8x1 as image; conv 1 1x1; add imag }')).toEqual(['not-a-tensor']);
    expect(codesIn('model M { input 8x8x1; from skip { relu } }')).toEqual(['not-a-tensor']);
  });
});

describe('outputs', () => {
  it('are declared, or are the last tensor', () => {
    const graph = graphOfBody('gap as features\noutput features\ndense 3\noutput logits\nsoftmax');
    expect(graph.outputs.map(({ name }) => name)).toEqual(['features', 'logits', 'output']);
  });

  it('are told apart from the last tensor, which is called `output`', () => {
    expect(codesIn('model M { input 8x8x1; output; relu }')).toEqual(['duplicate-name']);
    expect(codesIn('model M { input 8x8x1; relu; output }')).toEqual([]);
  });

  it('have names that differ, and weights that are numbers', () => {
    expect(codesIn('model M { input 8x8x1; output a; relu; output a }')).toEqual(['duplicate-name']);
    expect(codesIn('model M { input 8x8x1; relu; output a weight="b" }')).toEqual(['wrong-argument']);
    expect(codesIn('block b { output a }\nmodel M { input 8x8x1; b<> }')).toEqual(['misplaced']);
  });
});

describe('inputs', () => {
  it('are several where they have names', () => {
    const graph = graphOf(
      'model M {\n  input 224x224x3 as image\n  input depth 224x224x1\n  concat image\n}',
    );
    expect(graph.inputs).toHaveLength(2);
    expect(pathsOf(graph)).toEqual(['image', 'depth', 'concat1']);
    expect(shapeAt(graph)).toBe('224×224×4');
    expect(codesIn('model M { input 8x8x1 as a; input 8x8x1; add a }')).toEqual(['unnamed-input']);
    expect(codesIn('model M { input a 8x8x1; input a 8x8x1; add a }')).toHaveLength(1);
  });
});

describe('a shared part', () => {
  const twins = (second: string): string => `model Twins {
  input left 28x28x1
  share encoder { conv 4 3x3 relu -> conv 4 3x3 -> gap }
  encoder<> as a
  input right ${second}
  encoder<> as b
  concat a
  dense 1
}
`;

  it('has one set of weights', () => {
    const graph = graphOf(twins('28x28x1'));
    expect(totalOf(figuresOf(graph)).params).toBe(40 + 148 + 9);
    expect(verifyGraph(graph)).toEqual([]);
    expect(graph.nodes.filter(({ sharesWith }) => sharesWith !== undefined).map(({ path }) => path)).toEqual([
      'b.conv1',
      'b.conv2',
    ]);
  });

  it('may see images of other sizes, but not of other channels', () => {
    expect(totalOf(figuresOf(graphOf(twins('14x14x1')))).params).toBe(40 + 148 + 9);
    expect(codesIn(twins('28x28x3'))).toEqual(['share-mismatch']);
  });

  it('shares what it calls, and keeps paths apart from those of blocks', () => {
    const graph = graphOf(`block unit<n> { conv n 3x3 same }
model M {
  input 8x8x4
  share trunk { unit<4> -> unit<4> }
  trunk<>
  unit<4>
  trunk<>
}`);
    expect(totalOf(figuresOf(graph)).params).toBe(3 * 148);
    expect(verifyGraph(graph)).toEqual([]);
  });
});

describe('a name that JavaScript knows', () => {
  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'prototype'])(
    'is an ordinary one: %s',
    (name) => {
      const text = `block ${name}<${name}_width> { inner<${name} = ${name}_width> as ${name} }
block inner<${name} = 2> { conv (2 * ${name}) 1x1 }
model M {
  input 8x8x1
  ${name}<3> as ${name}
  share ${name}1 { relu }
  ${name}1<>
  add ${name}
  output ${name}
}`;
      const graph = graphOf(text);
      expect(verifyGraph(graph)).toEqual([]);
      expect(shapeAt(graph)).toBe('8×8×6');
      expect(pathsOf(graph)[1]).toBe(`${name}.${name}.conv1`);
      expect(codesIn(`model M { input 8x8x1; ${name} 3 }`)).toEqual(['unknown-layer']);
      expect(codesIn(`model M { input 8x8x1; ${name}<3> }`)).toEqual(['unknown-block']);
      expect(codesIn(`model M { input 8x8x1; conv 1 1x1 ${name} }`)).toEqual(['unknown-word']);
      expect(codesIn(`model M { input 8x8x1; conv 1 1x1 ${name}=1 }`)).toEqual(['unknown-parameter']);
      expect(codesIn(`model M { input 8x8x1; assert ${name}(1) == 1 }`)).toEqual(['unknown-name']);
      expect(codesIn(`model M { input 8x8x1; let ${name} = 2; conv ${name} 1x1 }`)).toEqual([]);
      expect(codesIn(`model ${name} { input 8x8x1 }\ntrain ${name} { epochs 1 }`)).toEqual([]);
    },
  );
});
