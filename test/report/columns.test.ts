import { describe, expect, it } from 'vitest';
import { alignColumns, shorten } from '../../src/report/columns.js';

describe('columns', () => {
  const columns = [
    { title: 'layer', align: 'left' },
    { title: 'params', align: 'right' },
  ] as const;

  it('aligns to the left and to the right, without blanks at the end of a line', () => {
    expect(
      alignColumns(columns, [
        ['conv1', '1,568'],
        ['relu', ''],
      ]),
    ).toEqual(['layer  params', 'conv1   1,568', 'relu']);
  });

  it('counts wide characters as two cells', () => {
    expect(
      alignColumns(columns, [
        ['層', '1'],
        ['conv', '2'],
      ]),
    ).toEqual(['layer  params', '層          1', 'conv        2']);
  });

  it('shortens by cells, with an ellipsis', () => {
    expect(shorten('conv 64 3x3', 20)).toBe('conv 64 3x3');
    expect(shorten('conv 64 3x3', 8)).toBe('conv 64…');
    expect(shorten('層層層', 5)).toBe('層層…');
  });
});
