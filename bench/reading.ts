import { readdirSync, readFileSync } from 'node:fs';
import { makeSource } from '../src/diagnostics/source.js';
import { parse } from '../src/parser/parse.js';
import { medianMilliseconds, type Effort, type Row } from './measure.js';

const unlimited = { fileBytes: 1 << 30, tokens: 1e9, nesting: 256 };

/** How fast text is read: a megabyte of real models, and whether families that are made to be slow stay linear. */
export async function reading({ smoke }: Effort): Promise<readonly Row[]> {
  const source = makeSource('megabyte.cnn', models(smoke ? 20_000 : 1_000_000));
  const rounds = smoke ? 1 : 7;
  const time = await medianMilliseconds(() => parse(source, unlimited), rounds, smoke ? 0 : 3);
  const speed = source.text.length / 1e6 / (time / 1000);
  const rows: Row[] = [
    { what: 'parsing, 1 MB of models', value: `${speed.toFixed(1)} MB/s`, target: '5 MB/s' },
  ];
  for (const [name, family] of families) rows.push(await growth(name, family, smoke));
  return rows;
}

/** The examples again and again, each declaration under another name. */
function models(length: number): string {
  const texts = readdirSync('examples')
    .filter((name) => name.endsWith('.cnn'))
    .map((name) => readFileSync(`examples/${name}`, 'utf8').replace(/^import.*$/gm, ''));
  let text = '';
  for (let copy = 0; text.length < length; copy += 1) {
    const next = texts[copy % texts.length] ?? '';
    text += next.replace(/^(model|block) (\w+)/gm, `$1 $2_${String(copy)}`);
  }
  return text;
}

/** What limits.md names: each is a text of so many parts. */
const families: readonly (readonly [string, (parts: number) => string])[] = [
  ['a sum of n numbers', (parts) => `let a = 1${' + 1'.repeat(parts)}\n`],
  ['n times `else if`', (parts) => `let a = if true then 1${' else if true then 1'.repeat(parts)} else 1\n`],
  ['a chain of n layers', (parts) => `block a { relu${' -> relu'.repeat(parts)} }\n`],
  ['n comments without end', (parts) => '/*a'.repeat(parts)],
  ['n stray characters', (parts) => '§ '.repeat(parts)],
  ['n empty lines', (parts) => '\n'.repeat(parts)],
  ['n opening brackets', (parts) => `let a = ${'('.repeat(parts)}`],
];

/** The time for twice the text over that for the text: 2 where it grows linearly, 4 where quadratically. */
async function growth(name: string, family: (parts: number) => string, smoke: boolean): Promise<Row> {
  const parts = smoke ? 200 : 20_000;
  const once = makeSource('once.cnn', family(parts));
  const twice = makeSource('twice.cnn', family(2 * parts));
  const rounds = smoke ? 1 : 7;
  const first = await medianMilliseconds(() => parse(once, unlimited), rounds);
  const second = await medianMilliseconds(() => parse(twice, unlimited), rounds);
  return {
    what: `parsing ${name}, twice as many`,
    value: `${(second / first).toFixed(1)}x`,
    target: 'about 2x',
  };
}
