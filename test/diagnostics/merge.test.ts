import { describe, expect, it } from 'vitest';
import { mergeDiagnostics } from '../../src/diagnostics/merge.js';
import { makeSource, spanOf } from '../../src/diagnostics/source.js';
import { diagnostic } from './diagnostic.js';

const one = makeSource('one.cnn', 'conv conv');
const other = makeSource('other.cnn', 'conv conv');

describe('merging', () => {
  it('keeps the first of several messages of one code at one place', () => {
    const first = diagnostic(spanOf(one, 0, 4), { message: 'in the first round' });
    const second = diagnostic(spanOf(one, 0, 4), { message: 'in the second round' });
    expect(mergeDiagnostics([first, second])).toEqual([first]);
  });

  it('keeps another code, another place, another end and another file', () => {
    const all = [
      diagnostic(spanOf(one, 0, 3)),
      diagnostic(spanOf(one, 0, 4)),
      diagnostic(spanOf(one, 0, 4), { code: 'other-code' }),
      diagnostic(spanOf(one, 5, 9)),
      diagnostic(spanOf(other, 0, 4)),
    ];
    expect(mergeDiagnostics(all)).toEqual(all);
  });

  it('sorts by file in the order in which the files were met, then by place', () => {
    const late = diagnostic(spanOf(other, 5, 9));
    const early = diagnostic(spanOf(other, 0, 4));
    const later = diagnostic(spanOf(one, 0, 4));
    expect(mergeDiagnostics([late, later, early])).toEqual([early, late, later]);
  });

  it('changes nothing of what was merged before, nor of its argument', () => {
    const all = [
      diagnostic(spanOf(other, 5, 9)),
      diagnostic(spanOf(one, 0, 4)),
      diagnostic(spanOf(other, 0, 4)),
    ];
    const before = [...all];
    const merged = mergeDiagnostics(all);
    expect(mergeDiagnostics(merged)).toEqual(merged);
    expect(all).toEqual(before);
  });
});
