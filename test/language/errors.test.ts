import { describe, expect, it } from 'vitest';
import { compile } from '../../src/compiler/compile.js';
import { renderDiagnostics } from '../../src/diagnostics/render.js';
import { makeSource } from '../../src/diagnostics/source.js';
import { codesIn, compileText } from '../compiler/net.js';

describe('an error', () => {
  it('looks as the description of the language shows it', () => {
    const text = `import { shortcut } from "std/blocks"

/// ResNet-34 with a mistake: the branch that should project hands on what arrives.
///
/// (He et al., 2015)

block residual<filters, stride = 1> {
  default conv same bias=false


  // the two branches

  add {
    | conv filters 3x3/stride -> bn -> relu
    | identity
  }
  relu
}

model ResNet34 {
  input 224x224x3
  conv 64 7x7/2 same -> pool max 3x3/2 same
  shortcut<64>
  for (filters, depth) in [(64, 3), (128, 4)] {
    repeat depth as i {
      residual<filters, stride = if i == 0 and filters > 64 then 2 else 1>
    }
  }
}
`;
    expect(renderDiagnostics(compile(makeSource('examples/resnet34.cnn', text)).diagnostics))
      .toBe(`error[shape-mismatch]: \`add\` joins branches of one shape, but these are 28×28×128 and 56×56×64
   ┌─ examples/resnet34.cnn:13:3
13 │   add {
   │   ^^^
14 │     | conv filters 3x3/stride -> bn -> relu
   │       ------------------------------------- 28×28×128: stride 2 halves 56×56
15 │     | identity
   │       -------- 56×56×64: the block’s input, unchanged
   = in residual<128, stride=2>, examples/resnet34.cnn:26:7, first round of \`repeat\`, second round of \`for\`
   = help: project the shortcut: \`conv 128 1x1/2 same\`
`);
  });

  it('is one for one mistake: what follows from it is silent', () => {
    const after = 'conv 16 3x3 -> flatten -> dense 10\n  assert params == 3\n  assert output == 9';
    for (const line of [
      'convv 3 3x3',
      'conv 0 3x3',
      'unit<3>',
      'conv sane 3x3',
      'conv 3',
      'conv 3 99x99',
      'conv (1 / 0) 3x3',
      'repeat 1.5 { relu }',
      'for x in 3 { relu }',
      'if 3 { relu }',
      'add { | conv 3 3x3 | identity }',
      'add skip',
      'from nothing { relu }',
      'let n = 1 / 0; conv n 1x1 -> conv n 1x1',
      'share s { convv }; s<>; s<>',
    ]) {
      expect([line, codesIn(`model M {\n  input 28x28x1\n  ${line}\n  ${after}\n}\n`).length]).toEqual([
        line,
        1,
      ]);
    }
  });

  it('is one for a value that is used many times', () => {
    const text = (line: string): string =>
      `block unit<n> {\n  concat {\n    | conv n 3x3\n    | conv n 3x3 -> conv n 3x3\n  }\n}\nmodel M {\n  input 28x28x1\n  ${line}\n}\n`;
    expect(codesIn(text('unit<"64">'))).toEqual(['wrong-argument']);
    expect(codesIn(text('let k = 2.5; conv 4 k -> conv 4 k; unit<3>'))).toEqual(['wrong-argument']);
    expect(codesIn(text('conv 6 5x5 2 3 4; unit<3, 4, 5>'))).toEqual([
      'surplus-argument',
      'surplus-argument',
    ]);
  });

  it.each([
    ['a function between braces', 'let f(x) = x; conv f(2, 3) 1x1', 'surplus-argument'],
    ['a function between braces, too little', 'let f(x) = x; conv f() 1x1', 'missing-argument'],
    ['a block that a name holds', 'unit<wide<8>>', 'surplus-argument'],
    ['a block that a name holds, by name', 'named<wide>', 'unknown-parameter'],
    ['a layer that a name holds', 'unit<relu>', 'surplus-argument'],
    ['a layer that a name holds, twice', 'again<conv<3, 1x1>>', 'repeated-argument'],
    ['a shared part', 'share part { relu }; part<3>', 'surplus-argument'],
    ['what stands in an argument too many', 'conv 3 3x3 in.channels', 'surplus-argument'],
  ])('is one for the arguments of %s', (_, line, code) => {
    const blocks =
      'block unit<make: block> { make<4> }\nblock named<make: block> { make<colour = 4> }\nblock again<make: block> { make<filters = 4> }\nblock wide<n> { conv n 1x1 }\n';
    expect(codesIn(`${blocks}model M {\n  input 8x8x4\n  ${line}\n}\n`)).toEqual([code]);
  });

  it('is one in a block that is called many times', () => {
    expect(
      codesIn(
        'block unit<n> { conv n 99x99 }\nmodel M { input 8x8x1; repeat 5 { unit<3> }; unit<4> }\nmodel N { input 8x8x1; unit<3> }',
      ),
    ).toEqual(['window-too-large']);
  });

  it('is found wherever it stands: independent mistakes have a message each', () => {
    const { diagnostics } = compileText(`block a { convv 3 }
block b<n> { conv n 3x3 sane }
model M { input 28x28x1; conv 3 99x99 }
model N { input 28x28x1; a<>; conv (2 * width) 1x1 }
model O { input 28x28x1; b<2, 3> }
train P { epochs 3 }
`);
    expect(diagnostics.map(({ code }) => code)).toEqual([
      'unknown-layer',
      'unknown-word',
      'window-too-large',
      'unknown-name',
      'surplus-argument',
      'unknown-model',
    ]);
  });

  it.each([
    ['a call', 'model A { input 8x8x1; unit<«"six"»> }'],
    ['a call, by name', 'model A { input 8x8x1; unit<4, «act = 5»> }'],
    ['an instance', 'model Net<n: int> { input 8x8x1; unit<n> }\nmodel Two = Net<«n = "two"»>'],
    [
      'a block that is handed on',
      'block outer<b: block> { b<> }\nmodel A { input 8x8x1; outer<b = unit<«"x"»>> }',
    ],
    [
      'an instance of what it binds itself',
      'model Net<n: int> { input 8x8x1; unit<n> }\nmodel Two = Net<«"2"»>\nmodel Three = Two<>',
    ],
  ])('of the kind of an argument points at the argument of %s', (_, text) => {
    const unit = 'block unit<filters: int, act: block = relu> { conv filters 3x3 -> act<> }\n';
    const { diagnostics } = compileText(`${unit}${text.replace(/[«»]/g, '')}\n`);
    const marked = diagnostics.map(({ code, span }) => [code, span.source.text.slice(span.start, span.end)]);
    expect(marked).toEqual([['wrong-kind', /«(.*)»/.exec(text)?.[1]]]);
  });

  it('of a word that is another layer says how that follows', () => {
    const [found] = compileText('model M { input 8x8x1; flatten; dense 3 dropout }\n').diagnostics;
    expect([found?.code, found?.help]).toEqual([
      'unknown-word',
      'it is a layer of its own: let it follow, `-> dropout`',
    ]);
  });

  it('in one model leaves the graphs of the others', () => {
    const { models } = compileText('model M { input 8x8x1; convv }\nmodel N { input 8x8x1; relu }\n');
    expect(models.map(({ name, graph }) => [name, graph !== undefined])).toEqual([
      ['M', false],
      ['N', true],
    ]);
  });
});
