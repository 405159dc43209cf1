import { describe, expect, it } from 'vitest';
import { makeSource } from '../../src/diagnostics/source.js';
import { Grammar } from '../../src/parser/grammar.js';
import { treeMaker } from '../../src/parser/make.js';

describe('the grammar', () => {
  it('has no ambiguous choice, no empty loop and no left recursion that chevrotain would find', () => {
    const make = treeMaker(makeSource('empty.cnn', ''), [], []);
    expect(() => new Grammar(make, 'validated')).not.toThrow();
  });
});
