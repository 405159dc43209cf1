import { describe, expect, it } from 'vitest';
import { renderDiagnostics } from '../../src/diagnostics/render.js';
import { makeSource, spanOf } from '../../src/diagnostics/source.js';
import { diagnostic, find, lines } from './diagnostic.js';

describe('a message for people', () => {
  it('looks as the design of the language shows it', () => {
    const source = makeSource(
      'examples/resnet34.cnn',
      [
        ...Array.from({ length: 11 }, () => ''),
        '  add {',
        '    | conv filters 3x3/stride -> bn -> relu',
        '      conv filters 3x3 -> bn',
        '    | identity',
        ...Array.from({ length: 15 }, () => ''),
        '      residual<filters, stride = 2>',
      ].join('\n'),
    );
    const call = find(source, 'residual<');
    const found = diagnostic(find(source, 'add'), {
      code: 'shape-mismatch',
      message: '`add` joins branches of one shape, but these are 28×28×128 and 56×56×64',
      related: [
        {
          span: find(source, 'conv filters 3x3/stride -> bn -> relu'),
          label: '28×28×128: stride 2 halves 56×56',
        },
        { span: find(source, 'identity'), label: "56×56×64: the block's input, unchanged" },
      ],
      help: 'project the shortcut: `conv 128 1x1/2 same`',
      trail: [
        { text: 'residual<128, stride=2>', span: call },
        { text: 'third round of `for`', span: call },
      ],
    });
    expect(renderDiagnostics([found])).toBe(
      `error[shape-mismatch]: \`add\` joins branches of one shape, but these are 28×28×128 and 56×56×64
   ┌─ examples/resnet34.cnn:12:3
12 │   add {
   │   ^^^
13 │     | conv filters 3x3/stride -> bn -> relu
   │       ------------------------------------- 28×28×128: stride 2 halves 56×56
15 │     | identity
   │       -------- 56×56×64: the block's input, unchanged
   = in residual<128, stride=2>, examples/resnet34.cnn:31:7, third round of \`for\`
   = help: project the shortcut: \`conv 128 1x1/2 same\`
`,
    );
  });

  it('shows the label of its own place, and a warning as one', () => {
    const source = lines('let same = 5');
    const found = diagnostic(find(source, 'same'), { severity: 'warning', label: 'hides the word' });
    expect(renderDiagnostics([found])).toBe(`warning[some-code]: a fact
  ┌─ net.cnn:1:5
1 │ let same = 5
  │     ^^^^ hides the word
`);
  });

  it('puts dots where more than one line is left out', () => {
    const source = lines('first', 'x', 'third', 'x', 'x', 'last');
    const found = diagnostic(find(source, 'third'), {
      related: [
        { span: find(source, 'last'), label: 'here' },
        { span: find(source, 'first'), label: 'there' },
      ],
    });
    expect(renderDiagnostics([found])).toBe(`error[some-code]: a fact
  ┌─ net.cnn:3:1
1 │ first
  │ ----- there
3 │ third
  │ ^^^^^
  ·
6 │ last
  │ ---- here
`);
  });

  it('draws several places of one line below each other, from left to right', () => {
    const source = lines('add { | gap | identity }');
    const found = diagnostic(find(source, 'add'), {
      related: [
        { span: find(source, 'identity'), label: '8×8×3' },
        { span: find(source, 'gap'), label: '3' },
      ],
    });
    expect(renderDiagnostics([found])).toBe(`error[some-code]: a fact
  ┌─ net.cnn:1:1
1 │ add { | gap | identity }
  │ ^^^
  │         --- 3
  │               -------- 8×8×3
`);
  });

  it('goes on in another file under its name', () => {
    const blocks = makeSource('blocks.cnn', `${'\n'.repeat(99)}block twice {}\n`);
    const source = lines('block twice {}');
    const found = diagnostic(find(source, 'twice'), {
      related: [{ span: find(blocks, 'twice'), label: 'the first one' }],
    });
    expect(renderDiagnostics([found])).toBe(`error[some-code]: a fact
    ┌─ net.cnn:1:7
  1 │ block twice {}
    │       ^^^^^
    ├─ blocks.cnn:100:7
100 │ block twice {}
    │       ----- the first one
`);
  });

  it('marks the first and the last line of a place that goes over several', () => {
    const source = lines('  concat {', '    | gap', '    | gmp', '  }   ', '  flatten');
    const found = diagnostic(find(source, 'concat {\n    | gap\n    | gmp\n  }'), { label: 'all of it' });
    expect(renderDiagnostics([found])).toBe(`error[some-code]: a fact
  ┌─ net.cnn:1:3
1 │   concat {
  │   ^^^^^^^^
  ·
4 │   }
  │   ^ all of it
`);
  });

  it('does not count a line end as a line of the place', () => {
    const source = lines('  concat {', '    | gap');
    expect(renderDiagnostics([diagnostic(find(source, 'concat {\n'))])).toBe(`error[some-code]: a fact
  ┌─ net.cnn:1:3
1 │   concat {
  │   ^^^^^^^^
`);
  });

  it.each([
    ['\n', 'a line feed'],
    ['\r\n', 'both'],
    ['\r', 'a carriage return'],
  ])('shows lines that end in %j without their end', (end) => {
    const source = makeSource('net.cnn', `input 8${end}gapp${end}`);
    expect(renderDiagnostics([diagnostic(find(source, 'gapp'))])).toBe(`error[some-code]: a fact
  ┌─ net.cnn:2:1
2 │ gapp
  │ ^^^^
`);
  });

  it('puts a caret behind the last character where the file ends too early', () => {
    const source = makeSource('net.cnn', 'model {');
    expect(renderDiagnostics([diagnostic(spanOf(source, 7, 7))])).toBe(`error[some-code]: a fact
  ┌─ net.cnn:1:8
1 │ model {
  │        ^
`);
  });

  it('puts it on the line behind the last line end', () => {
    const source = lines('model {');
    expect(renderDiagnostics([diagnostic(spanOf(source, 8, 8))])).toBe(`error[some-code]: a fact
  ┌─ net.cnn:2:1
2 │
  │ ^
`);
  });

  it('puts a caret in the middle where a place is empty', () => {
    const source = lines('conv 6');
    expect(renderDiagnostics([diagnostic(spanOf(source, 4, 4))])).toBe(`error[some-code]: a fact
  ┌─ net.cnn:1:5
1 │ conv 6
  │     ^
`);
  });

  it('shows no line of a file that could not be read', () => {
    const source = makeSource('picture.cnn', '');
    expect(renderDiagnostics([diagnostic(spanOf(source, 0, 0), { help: 'save it as text' })])).toBe(
      `error[some-code]: a fact
  ┌─ picture.cnn:1:1
  = help: save it as text
`,
    );
  });

  it('stays inside a line whose end it is said to lie beyond', () => {
    const source = makeSource('net.cnn', 'conv');
    expect(renderDiagnostics([diagnostic(spanOf(source, 2, 90))])).toBe(`error[some-code]: a fact
  ┌─ net.cnn:1:3
1 │ conv
  │   ^^
`);
  });
});

describe('several messages', () => {
  const source = lines('one', 'two', 'three');
  const [one, two, three] = ['one', 'two', 'three'].map((name) =>
    diagnostic(find(source, name), { message: name }),
  );
  const all = [three, one, two].filter((found) => found !== undefined);

  it('stand in the order of their places, an empty line between them', () => {
    expect(renderDiagnostics(all)).toBe(`error[some-code]: one
  ┌─ net.cnn:1:1
1 │ one
  │ ^^^

error[some-code]: two
  ┌─ net.cnn:2:1
2 │ two
  │ ^^^

error[some-code]: three
  ┌─ net.cnn:3:1
3 │ three
  │ ^^^^^
`);
  });

  it('are counted behind the limit', () => {
    expect(renderDiagnostics(all, { limit: 1 })).toBe(`error[some-code]: one
  ┌─ net.cnn:1:1
1 │ one
  │ ^^^

and 2 more
`);
  });

  it('are a hundred where nothing is said', () => {
    const many = Array.from({ length: 123 }, () => diagnostic(find(source, 'one')));
    const text = renderDiagnostics(many);
    expect(text.match(/^error/gm)).toHaveLength(100);
    expect(text.endsWith('\n\nand 23 more\n')).toBe(true);
  });

  it('are nothing where there are none', () => {
    expect(renderDiagnostics([])).toBe('');
  });
});

describe('colour', () => {
  const source = lines('add gap');
  const found = diagnostic(find(source, 'add'), {
    related: [{ span: find(source, 'gap'), label: 'here' }],
    help: 'mend it',
  });

  it('is there where it is asked for', () => {
    const blue = (text: string): string => `\u001b[34m${text}\u001b[39m`;
    const red = (text: string): string => `\u001b[31m${text}\u001b[39m`;
    const bold = (text: string): string => `\u001b[1m${text}\u001b[22m`;
    expect(renderDiagnostics([found], { color: true })).toBe(
      [
        bold(red('error[some-code]')) + bold(': a fact'),
        `  ${blue('┌─')} net.cnn:1:1`,
        `${blue('1')} ${blue('│')} add gap`,
        `  ${blue('│')} ${red('^^^')}`,
        `  ${blue('│')}     ${blue('--- here')}`,
        `  ${blue('=')} ${bold('help')}: mend it`,
        '',
      ].join('\n'),
    );
  });

  it('changes nothing but the colours', () => {
    const colored = renderDiagnostics([found], { color: true });
    // eslint-disable-next-line no-control-regex
    expect(colored.replace(/\u001b\[\d+m/g, '')).toBe(renderDiagnostics([found]));
  });

  it('of a warning is another than that of an error', () => {
    const warning = renderDiagnostics([{ ...found, severity: 'warning' }], { color: true });
    expect(warning).toContain('\u001b[33m^^^\u001b[39m');
  });
});

describe('the text of users', () => {
  it('cannot steer the terminal, wherever it stands', () => {
    const evil = '\u001b[2J\u202e\r\n';
    const source = makeSource(`net${evil}.cnn`, `gap ${evil}`);
    const text = renderDiagnostics([
      diagnostic(find(source, 'gap'), {
        message: evil,
        label: evil,
        help: evil,
        related: [{ span: find(source, evil), label: evil }],
        trail: [
          { text: `unit<"${evil}">`, span: find(source, 'gap') },
          { text: `${evil} round of \`for\``, span: find(source, 'gap') },
        ],
      }),
    ]);
    // eslint-disable-next-line no-control-regex
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
    expect(text.match(/\\u\{1b\}\[2J\\u\{202e\}/g)).toHaveLength(10);
  });

  it('does not begin a line as a command of GitHub Actions would', () => {
    const source = lines('::error::x');
    const text = renderDiagnostics([
      diagnostic(find(source, 'x'), { message: 'a\n::error::b', label: 'a\n::error::b' }),
    ]);
    expect(text).not.toMatch(/^::/m);
  });
});

describe('rendering', () => {
  it('of a thousand mistakes in a hundred thousand lines reads each line once', () => {
    const source = makeSource('net.cnn', '  conv 6 3x3\n'.repeat(100_000));
    const found = Array.from({ length: 1000 }, (_, place) => {
      const start = place * 1300 + 2;
      return diagnostic(spanOf(source, start, start + 4));
    });
    const text = renderDiagnostics(found, { limit: 1000 });
    expect(text.match(/\^\^\^\^/g)).toHaveLength(1000);
    expect(text).toContain('net.cnn:99901:3');
  });

  it('of a thousand mistakes in one line of a megabyte shows what stands around each', () => {
    const source = makeSource('net.cnn', 'conv 6 3x3 -> '.repeat(75_000));
    const found = Array.from({ length: 1000 }, (_, place) => {
      const start = place * 1050;
      return diagnostic(spanOf(source, start, start + 4));
    });
    const text = renderDiagnostics(found, { limit: 1000 });
    expect(text.match(/\^\^\^\^/g)).toHaveLength(1000);
    expect(text.length).toBeLessThan(1000 * 600);
  });
});
