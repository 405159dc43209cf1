import { describe, expect, it } from 'vitest';
import { diagnosticToJson } from '../../src/diagnostics/to-json.js';
import { makeSource, spanOf } from '../../src/diagnostics/source.js';
import { diagnostic, find, lines } from './diagnostic.js';

describe('a diagnostic as JSON', () => {
  const source = lines('input 8', '  "🎉" gapp');
  const blocks = makeSource('blocks.cnn', 'block unit {}');

  it('has lines and columns from 1, columns and offsets in UTF-16 units', () => {
    expect(diagnosticToJson(diagnostic(find(source, 'gapp')))).toEqual({
      code: 'some-code',
      severity: 'error',
      message: 'a fact',
      file: 'net.cnn',
      range: {
        start: { line: 2, column: 8, offset: 15 },
        end: { line: 2, column: 12, offset: 19 },
      },
      related: [],
      trail: [],
    });
  });

  it('tells label, help, fix, related places and trail, each with its file', () => {
    const found = diagnostic(find(source, 'gapp'), {
      label: 'here',
      help: 'did you mean `gap`?',
      fix: { span: find(source, 'gapp'), text: 'gap' },
      related: [{ span: find(blocks, 'unit'), label: 'there' }],
      trail: [{ text: 'unit<>', span: find(blocks, 'block') }],
    });
    const gapp = {
      start: { line: 2, column: 8, offset: 15 },
      end: { line: 2, column: 12, offset: 19 },
    };
    expect(diagnosticToJson(found)).toEqual({
      code: 'some-code',
      severity: 'error',
      message: 'a fact',
      file: 'net.cnn',
      range: gapp,
      label: 'here',
      related: [
        {
          file: 'blocks.cnn',
          range: { start: { line: 1, column: 7, offset: 6 }, end: { line: 1, column: 11, offset: 10 } },
          label: 'there',
        },
      ],
      help: 'did you mean `gap`?',
      fix: { file: 'net.cnn', range: gapp, text: 'gap' },
      trail: [
        {
          text: 'unit<>',
          file: 'blocks.cnn',
          range: { start: { line: 1, column: 1, offset: 0 }, end: { line: 1, column: 6, offset: 5 } },
        },
      ],
    });
  });

  it('is text that reads back the same, whatever a name holds', () => {
    const odd = makeSource('a"\n\u001b.cnn', 'x');
    const json = diagnosticToJson(diagnostic(spanOf(odd, 0, 1), { message: '"\\\u2028\ud800' }));
    expect(JSON.parse(JSON.stringify(json))).toEqual(json);
  });
});
