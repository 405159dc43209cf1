import { describe, expect, it } from 'vitest';
import { renderDiagnostics } from '../../src/diagnostics/render.js';
import { codesIn, compileText, graphOf } from '../compiler/net.js';

const model = (line: string): string => `model M {\n  input 8x8x1\n  ${line}\n}\n`;

describe('a text', () => {
  it('may be empty, or hold nothing but comments', () => {
    expect(codesIn('')).toEqual([]);
    expect(codesIn('// nothing')).toEqual([]);
    expect(codesIn('\n\n \t')).toEqual([]);
  });

  it.each(['\n', '\r\n', '\r'])('ends its lines with %j', (end) => {
    const graph = graphOf(model('conv 2 1x1\n  // c\n  relu').replaceAll('\n', end));
    expect(graph.nodes).toHaveLength(3);
  });

  it.each([
    ['a NUL', 'conv 2\u0000 1x1', 'hidden-characters'],
    ['a letter that looks like another', 'cоnv 2 1x1', 'strange-name'],
    ['a control of direction', 'conv 2 1x1 \u202e', 'hidden-characters'],
    ['an unterminated text', 'assert 1 == 1, "why', 'unended-string'],
    ['an unterminated comment', '/* conv 2 1x1', 'unended-comment'],
    ['1e999', 'conv 1e999 1x1', 'not-a-number'],
    ['1__0', 'conv 1__0 1x1', 'not-a-number'],
    ['0x', 'conv 0x 1x1', 'not-a-number'],
    ['5.', 'conv 5. 1x1', 'not-a-number'],
    ['5MB', 'assert 1 < 5MB', 'not-a-number'],
    ['5m', 'assert 1 < 5m', 'not-a-number'],
  ])('has one message for %s', (_, line, code) => {
    expect(codesIn(model(line))).toEqual([code]);
  });

  it('has one message for what is no text of the language at all', () => {
    expect(codesIn('\u0089PNG\r\n\u001a\n\u0000\u0000\u0000\rIHDR'.repeat(200)).length).toBeLessThan(20);
    expect(codesIn('/*a'.repeat(80_000))).toEqual(['unended-comment']);
  });

  it('puts the caret under what it means, behind tabs, wide characters and emoji', () => {
    const text = model('\tassert 1 == 2, "宽🎉"; convv 2');
    const shown = renderDiagnostics(compileText(text).diagnostics).split('\n');
    const source = shown.find((line) => line.includes('convv 2')) ?? '';
    const caret = shown.find((line) => /│ +\^{5}$/.test(line)) ?? '';
    const before = source.slice(0, source.indexOf('convv'));
    // Each of the two wide ones takes two columns; the emoji is two units of the text.
    const width = before.length + '宽'.length;
    expect(caret.indexOf('^^^^^')).toBe(width);
  });

  it('shows escape sequences in what it echoes as text', () => {
    expect(renderDiagnostics(compileText(model('assert 1 == "\u001b[31m"')).diagnostics)).not.toContain(
      '\u001b',
    );
  });

  it('may be long: a mistake at its end costs no more than one in the middle', () => {
    const many = Array.from(
      { length: 2_000 },
      (_, place) => `block b${String(place)} { convv ${String(place)} }`,
    ).join('\n');
    expect(codesIn(many)).toHaveLength(2_000);
    const shown = renderDiagnostics(compileText(many).diagnostics);
    expect(shown).toContain('and 1900 more');
  });
});

describe('a name', () => {
  it('has at most 128 letters', () => {
    expect(codesIn(`let ${'n'.repeat(128)} = 1\n`)).toEqual([]);
    expect(codesIn(`let ${'n'.repeat(129)} = 1\n`)).toEqual(['text-limit']);
  });
});
