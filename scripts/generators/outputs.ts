import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { GeneratedFile } from '../house/generated-file.js';

/** Documents that show what commands print. */
const pages = ['README.md', 'docs/diff.md', 'docs/language.md'];

/** Puts what each named command prints below its comment: `<!-- cnnc check examples -->` and a fenced block. */
export function generate(): readonly GeneratedFile[] {
  return pages.map((path) => ({ path, text: withOutputs(readFileSync(path, 'utf8')) }));
}

const shown = /<!-- cnnc ([^>]*) -->\n+```text\n[^]*?```/g;

function withOutputs(page: string): string {
  return page.replace(shown, (_, command: string) => {
    const output = run(command.trim().split(' '));
    return `<!-- cnnc ${command.trim()} -->\n\n\`\`\`text\n${output.trimEnd()}\n\`\`\``;
  });
}

/** Both streams, for messages go to the one and results to the other; a command that finds mistakes still prints. */
function run(args: readonly string[]): string {
  try {
    return execFileSync(process.execPath, ['dist/cnnc.js', ...args], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  } catch (error) {
    return printed(error);
  }
}

function printed(error: unknown): string {
  const isRun = typeof error === 'object' && error !== null && 'stdout' in error && 'stderr' in error;
  if (!isRun || typeof error.stdout !== 'string' || typeof error.stderr !== 'string') throw error;
  return error.stdout === '' ? error.stderr : error.stdout;
}
