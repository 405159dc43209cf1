import { describe, expect, it } from 'vitest';
import { offer, suggest } from '../../src/diagnostics/suggest.js';
import { find, lines } from './diagnostic.js';

const layers = ['conv', 'dwconv', 'deconv', 'dense', 'pool', 'gap', 'bn', 'layernorm', 'leaky_relu', 'relu'];

describe('the nearest name', () => {
  it.each([
    ['a letter too many', 'convv', 'conv'],
    ['a letter too few', 'dens', 'dense'],
    ['another letter', 'ralu', 'relu'],
    ['letters swapped', 'gpa', 'gap'],
    ['letters swapped in a short name', 'nb', 'bn'],
    ['another case', 'LayerNorm', 'layernorm'],
    ['a word of another library', 'conv2d', 'conv'],
    ['a line that was forgotten', 'leakyrelu', 'leaky_relu'],
    ['only the beginning', 'layer', 'layernorm'],
  ])('is found for %s', (_what, name, near) => {
    expect(suggest(name, layers)).toBe(near);
  });

  it.each([['xyz'], ['attention'], ['co'], ['']])('is nothing for %j, which is like none', (name) => {
    expect(suggest(name, layers)).toBeUndefined();
  });

  it('differs from the name itself', () => {
    expect(suggest('conv', ['conv'])).toBeUndefined();
  });

  it('of several at one distance begins the same', () => {
    expect(suggest('sane', ['lane', 'same'])).toBe('same');
  });

  it('of several that begin the same is the first', () => {
    expect(suggest('bat', ['bad', 'bar'])).toBe('bad');
  });

  it('is the mistyped one rather than one that only begins so', () => {
    expect(suggest('conv', ['conv_and_more', 'con'])).toBe('con');
  });

  it('of one letter is the same letter in another case', () => {
    expect(suggest('n', ['k', 'x'])).toBeUndefined();
    expect(suggest('n', ['k', 'N'])).toBe('N');
  });

  it('may be a name that objects have, too', () => {
    expect(suggest('__prot__', ['__proto__'])).toBe('__proto__');
    expect(suggest('constructer', ['constructor'])).toBe('constructor');
  });

  it('is not looked for where names are longer than anyone mistypes', () => {
    const long = 'a'.repeat(100);
    expect(suggest(`${long}b`, [long])).toBeUndefined();
    expect(suggest('a'.repeat(60), [long])).toBeUndefined();
  });

  it('is looked for among the first thousand only', () => {
    const many = Array.from({ length: 1000 }, (_, place) => `other_name_${String(place)}`);
    expect(suggest('cnov', [...many.slice(1), 'conv'])).toBe('conv');
    expect(suggest('cnov', [...many, 'conv'])).toBeUndefined();
  });

  it('is taken from anything that can be gone through once', () => {
    expect(suggest('cnov', new Map([['conv', 1]]).keys())).toBe('conv');
  });
});

describe('an offer', () => {
  const span = find(lines('convv 6 3x3'), 'convv');

  it('is a question and the edit that answers it', () => {
    expect(offer('convv', span, layers)).toEqual({
      help: 'did you mean `conv`?',
      fix: { span, text: 'conv' },
    });
  });

  it('is nothing where no name is near', () => {
    expect(offer('attention', span, layers)).toEqual({});
  });
});
