import { describe, expect, it } from 'vitest';
import { codesIn, compileText } from '../compiler/net.js';
import { memoryLoader } from '../compiler/memory-loader.js';

const biased = (before: string, behind = ''): string =>
  `model Test {\n  input 8x8x8\n  ${before}\n  conv 8 3x3 ${behind}\n  bn\n  conv 8 3x3\n  bn\n}\n`;
const bias = 'bias-before-batch-norm';

describe('a comment that silences a warning', () => {
  it('holds for the statement that follows, or for its own line, and no further', () => {
    expect(codesIn(biased(''))).toEqual([bias, bias]);
    expect(codesIn(biased(`// cnnc-ignore ${bias}: old`))).toEqual([bias]);
    expect(codesIn(biased('', `// cnnc-ignore ${bias}: old`))).toEqual([bias]);
    expect(codesIn(biased('', `/* cnnc-ignore ${bias}: old */`))).toEqual([bias]);
  });

  it('holds for all that stands in the braces of what follows, also of a declaration with a text of its own', () => {
    expect(codesIn(`// cnnc-ignore ${bias}: old\n${biased('')}`)).toEqual([]);
    expect(codesIn(`// cnnc-ignore ${bias}: old\n/// A model.\n${biased('')}`)).toEqual([]);
    expect(
      codesIn(
        `model T {\n  input 8x8x8\n  // cnnc-ignore ${bias}: old\n  repeat 2 {\n    conv 8 3x3\n    bn\n  }\n}\n`,
      ),
    ).toEqual([]);
  });

  it('may name several codes, and each is held to account', () => {
    expect(codesIn(biased(`// cnnc-ignore ${bias}, idle-layer: old`))).toEqual(['unused-ignore', bias]);
  });

  it('silences what resolving finds too', () => {
    const text = 'model T {\n  input 8x8x8\n  let n = 1 // cnnc-ignore unused-name: soon\n  gap\n}\n';
    expect(codesIn(text)).toEqual([]);
  });

  it('never silences an error', () => {
    const text = 'model T {\n  input 8x8x8\n  convv 8 3x3 // cnnc-ignore unknown-layer: later\n}\n';
    expect(codesIn(text)).toEqual(['unknown-layer', 'wrong-ignore']);
    expect(codesIn('model T {\n  input 8x8x8\n  gap // cnnc-ignore unknown-layer: later\n}\n')).toEqual([
      'wrong-ignore',
    ]);
  });

  it.each([
    ['// cnnc-ignore', '`cnnc-ignore` without a code ignores nothing'],
    [`// cnnc-ignore ${bias}`, `it isn’t said why \`${bias}\` is ignored here, so it isn’t`],
    [`// cnnc-ignore ${bias}:  `, `it isn’t said why \`${bias}\` is ignored here, so it isn’t`],
    ['// cnnc-ignore constructor: why', 'there is no code `constructor`'],
  ])('says what it lacks: %s', (comment, message) => {
    const found = compileText(biased(comment)).diagnostics;
    expect(found.map(({ code }) => code)).toEqual(['wrong-ignore', bias, bias]);
    expect(found[0]?.message).toBe(message);
  });

  it('is not called unused where that can’t be known: in a block that others call, under errors, for another size', () => {
    const block = `block unit<stride = 1> {\n  // cnnc-ignore unseen-pixels: as published\n  conv 8 1x1/stride\n}\n`;
    expect(codesIn(`${block}model T {\n  input 8x8x8\n  unit<>\n}\n`)).toEqual([]);
    const unused = biased('// cnnc-ignore idle-layer: old').replaceAll('conv 8 3x3', 'conv 8 3x3 bias=false');
    expect(codesIn(unused)).toEqual(['unused-ignore']);
    expect(codesIn(unused, { input: '16x16x8' })).toEqual([]);
    expect(codesIn(`${unused}model Broken { input 8x8x8; convv 1 }\n`)).toEqual(['unknown-layer']);
  });

  it('holds in an imported file, where it stands', () => {
    const parts = `block unit {\n  // cnnc-ignore ${bias}: old\n  conv 8 3x3\n  bn\n}\n`;
    const loader = memoryLoader(new Map([['parts.cnn', parts]]));
    const text = 'import { unit } from "./parts.cnn"\nmodel T {\n  input 8x8x8\n  unit<>\n}\n';
    expect(codesIn(text, { loader })).toEqual([]);
  });
});
