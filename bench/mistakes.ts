import { readdirSync, readFileSync } from 'node:fs';
import { compile } from '../src/compiler/compile.js';
import { makeSource } from '../src/diagnostics/source.js';
import type { Effort, Row } from './measure.js';

/** The longest time that a broken example takes: cut off anywhere, or with a word left out. */
export function mistakes({ smoke }: Effort): Promise<readonly Row[]> {
  const texts = readdirSync('examples')
    .filter((name) => name.endsWith('.cnn'))
    .map((name) => readFileSync(`examples/${name}`, 'utf8'));
  for (const text of texts) compile(makeSource('warm-up.cnn', text));
  let longest = 0;
  let count = 0;
  for (const text of smoke ? texts.slice(0, 1) : texts) {
    for (const broken of brokenForms(text, smoke ? 50 : 3)) {
      const start = performance.now();
      compile(makeSource('broken.cnn', broken));
      longest = Math.max(longest, performance.now() - start);
      count += 1;
    }
  }
  const value = `${longest.toFixed(0)} ms`;
  return Promise.resolve([
    { what: `the slowest of ${String(count)} broken examples`, value, target: '50 ms' },
  ]);
}

function* brokenForms(text: string, step: number): Iterable<string> {
  for (let end = 0; end < text.length; end += step) yield text.slice(0, end);
  const words = [...text.matchAll(/[\w.]+|[^\w\s]/g)];
  for (let place = 0; place < words.length; place += step) {
    const { index, 0: word } = words[place] ?? { index: 0, 0: '' };
    yield text.slice(0, index) + text.slice(index + word.length);
  }
}
