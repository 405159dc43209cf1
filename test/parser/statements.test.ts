import { describe, expect, it } from 'vitest';
import { textOf } from '../../src/diagnostics/source.js';
import type { Chain, Step } from '../../src/parser/ast.js';
import { bodies, files } from './language-examples.js';
import { show, showArguments } from './show.js';
import { itemOf, meaning, messagesOf, statementsOf, treeOf } from './tree.js';

describe('the examples of the language', () => {
  it.each(files)('are read: %s', (text) => {
    expect(treeOf(text).items.length).toBeGreaterThan(0);
  });

  it.each(bodies)('are read in a body: %s', (text) => {
    expect(statementsOf(text).length).toBeGreaterThan(0);
  });

  it.each(files)('are read with CR LF and CR as with LF', (text) => {
    expect(meaning(treeOf(text.replaceAll('\n', '\r\n')))).toEqual(meaning(treeOf(text)));
    expect(meaning(treeOf(text.replaceAll('\n', '\r')))).toEqual(meaning(treeOf(text)));
  });
});

/** The steps of the only statement, each as one line. */
function stepsOf(body: string): readonly string[] {
  const [only, ...others] = statementsOf(body);
  if (only?.kind !== 'chain' || others.length > 0) throw new Error('not one chain');
  return only.steps.map(showStep);
}

function showStep(step: Step): string {
  const as = step.as === undefined ? '' : ` as ${step.as.text}`;
  const given = showArguments(step.arguments);
  switch (step.kind) {
    case 'layer':
      return `${step.name.text} (${given})${as}`;
    case 'call':
      return `${step.name.text}<${given}>${as}`;
    case 'join':
      return `${step.name.text} (${given}) {${step.branches.map(({ statements }) => ` | ${String(statements.length)}`).join('')} }${as}`;
  }
}

describe('layers', () => {
  it.each([
    ['conv 64 3x3/2 same relu', ['conv (64, {3x3 by 2}, same, relu)']],
    ['conv filters [1, 7] pad=[0, 3]', ['conv (filters, [1, 7], pad=[0, 3])']],
    ['conv (4 * filters) 1x1', ['conv ((4 * filters), 1x1)']],
    ['conv (a) (b, c) [d] -1', ['conv (a, (b, c), [d], (- 1))']],
    ['conv a=1 + 2 b c=d -1 e', ['conv (a=(1 + 2), b, c=(d - 1), e)']],
    ['slice channels 0..58', ['slice (channels, {0 to 58})']],
    ['dense in.channels sigmoid', ['dense (in.channels, sigmoid)']],
    ['conv xs[0] floor(x) se<16>', ['conv (xs[0], floor(x), se<16>)']],
    ['bn -> relu', ['bn ()', 'relu ()']],
    ['bn\n-> relu ->\ngap', ['bn ()', 'relu ()', 'gap ()']],
    ['residual<64, stride = 2> as x', ['residual<64, stride=2> as x']],
    ['residual<\n  64,\n  stride = 2,\n> as x', ['residual<64, stride=2> as x']],
    ['concat { | a; b | c }', ['concat () { | 2 | 1 }']],
    ['concat axis=1 {\n\n  | a\n    b\n\n  | c\n} as y', ['concat (axis=1) { | 2 | 1 } as y']],
    ['concat skip other as y', ['concat (skip, other) as y']],
    ['output aux1 weight=0.3 training', ['output (aux1, weight=3/10, training)']],
    ['input depth 224x224x1', ['input (depth, 224x224x1)']],
    ['toString __proto__ constructor=hasOwnProperty', ['toString (__proto__, constructor=hasOwnProperty)']],
  ])('reads `%s`', (text, steps) => {
    expect(stepsOf(text)).toEqual(steps);
  });

  it('reads branches of several lines with statements in them', () => {
    const [chain] = statementsOf('add {\n  | if a { relu }\n    conv 1 1x1 -> bn\n  | repeat 2 { relu }\n}');
    const step = chain?.kind === 'chain' ? chain.steps[0] : undefined;
    const kinds =
      step?.kind === 'join' ? step.branches.map(({ statements }) => statements.map(({ kind }) => kind)) : [];
    expect(kinds).toEqual([['if', 'chain'], ['repeat']]);
  });

  it('gives steps, arguments and names their places', () => {
    const chain = firstChain('  conv 64 pad=[0, 3] as x -> bn');
    expect(textOf(chain.span)).toBe('conv 64 pad=[0, 3] as x -> bn');
    const [conv] = chain.steps;
    if (conv === undefined) throw new Error('no step');
    expect(textOf(conv.span)).toBe('conv 64 pad=[0, 3] as x');
    expect(conv.arguments.map(({ span }) => textOf(span))).toEqual(['64', 'pad=[0, 3]']);
    expect(conv.arguments.map(({ name }) => (name === undefined ? undefined : textOf(name.span)))).toEqual([
      undefined,
      'pad',
    ]);
    expect(conv.as === undefined ? '' : textOf(conv.as.span)).toBe('x');
  });
});

function firstChain(body: string): Chain {
  const [chain] = statementsOf(body);
  if (chain?.kind !== 'chain') throw new Error('no chain');
  return chain;
}

describe('statements', () => {
  it('reads `if`, `else if` and `else` as one flat statement', () => {
    const [only, ...others] = statementsOf(
      'if a < b { relu }\nelse if c { elu } else if d { gelu }\nelse { selu }',
    );
    if (only?.kind !== 'if') throw new Error('no if');
    expect(others).toEqual([]);
    expect(only.branches.map(({ condition }) => show(condition))).toEqual(['(a < b)', 'c', 'd']);
    expect(only.otherwise?.statements).toHaveLength(1);
  });

  it('reads loops', () => {
    const [first, second, third] = statementsOf(
      'repeat n + 1 as i { relu }\nfor x in xs { relu }\nfor (a, b) in [(1, 2)] { relu }',
    );
    if (first?.kind !== 'repeat' || second?.kind !== 'for' || third?.kind !== 'for')
      throw new Error('no loops');
    expect([show(first.count), first.as?.text]).toEqual(['(n + 1)', 'i']);
    expect([second.names.map(({ text }) => text), show(second.list)]).toEqual([['x'], 'xs']);
    expect(third.names.map(({ text }) => text)).toEqual(['a', 'b']);
  });

  it('reads `let`, functions, `assert`, `default`, `from` and `share`', () => {
    const kinds = statementsOf(
      'let a = 1; let f(x, by = 8) = x\nassert a == 1, "why"\ndefault conv same\nfrom a, b { add }\nshare e { relu }',
    );
    expect(kinds.map(({ kind }) => kind)).toEqual(['let', 'let', 'assert', 'default', 'from', 'share']);
    const [, f] = kinds;
    expect(f?.kind === 'let' ? f.parameters?.map(({ name }) => name.text) : []).toEqual(['x', 'by']);
  });

  it('ends a statement at a line end or `;`, however many there are', () => {
    expect(statementsOf('\n\n;; relu;\n;\n\n elu ;;')).toHaveLength(2);
  });

  it('takes a body in one line', () => {
    expect(statementsOf('repeat 2 { relu; bn }')).toHaveLength(1);
    expect(statementsOf('repeat 2 {}')).toHaveLength(1);
  });
});

describe('declarations', () => {
  it('reads parameters with kinds and defaults', () => {
    const block = itemOf('block b<a, k: size, n: int = 1, f: block = identity, w = 2 * 3,> { relu }');
    if (block.kind !== 'block') throw new Error('no block');
    const shown = block.parameters.map((one) => [
      one.name.text,
      one.type?.text,
      one.default && show(one.default),
    ]);
    expect(shown).toEqual([
      ['a', undefined, undefined],
      ['k', 'size', undefined],
      ['n', 'int', '1'],
      ['f', 'block', 'identity'],
      ['w', undefined, '(2 * 3)'],
    ]);
  });

  it('attaches `///` lines to the declaration right below', () => {
    const { items } = treeOf(
      '/// one\n///  two \nblock a { relu }\n\n// not a doc\nmodel b { relu }\n/// let\nlet c = 1\n/// far\n// near\nlet d = 1\n',
    );
    expect(items.map((item) => ('doc' in item ? item.doc : undefined))).toEqual([
      'one\ntwo',
      undefined,
      'let',
      undefined,
    ]);
  });

  it('reads imports in one line and in several', () => {
    const item = itemOf('import {\n  a,\n  b as c,\n} from "./x.cnn"');
    if (item.kind !== 'import') throw new Error('no import');
    expect(item.names.map(({ name, alias }) => [name.text, alias?.text])).toEqual([
      ['a', undefined],
      ['b', 'c'],
    ]);
    expect(item.from.value).toBe('./x.cnn');
  });

  it('reads an instance, with and without arguments', () => {
    expect(itemOf('model A = B<depth = 18>')).toMatchObject({
      kind: 'alias',
      target: { name: { text: 'B' } },
    });
    expect(itemOf('model A = B')).toMatchObject({ kind: 'alias', target: { arguments: [] } });
  });

  it('reads settings, nested and in a list', () => {
    const item = itemOf(
      'train M { augment { shift 10%; flip horizontal }; freeze "a", "b"; batch 64, 2 x=1 }',
    );
    if (item.kind !== 'train') throw new Error('no train');
    expect(
      item.settings.map(({ name, arguments: given, settings }) => [
        name.text,
        showArguments(given),
        settings?.length,
      ]),
    ).toEqual([
      ['augment', '', 2],
      ['freeze', '"a", "b"', undefined],
      ['batch', '64, 2, x=1', undefined],
    ]);
  });

  it('keeps every comment, in order', () => {
    const { comments } = treeOf('// a\nlet x = 1 /* b */ // c\n/// d\n//// e\n');
    expect(comments.map(({ kind, text }) => [kind, text])).toEqual([
      ['line', '// a'],
      ['block', '/* b */'],
      ['line', '// c'],
      ['doc', '/// d'],
      ['line', '//// e'],
    ]);
  });

  it('reads a file with nothing in it', () => {
    for (const text of ['', '\n', ' \t', '// only', '/**/', ';']) expect(treeOf(text).items).toEqual([]);
  });

  it('lets no word of the language be a name', () => {
    expect(messagesOf('let repeat = 1')).toEqual([
      '1:5 expected the name of a constant or function, got `repeat`, which is a word of the language',
    ]);
  });
});
