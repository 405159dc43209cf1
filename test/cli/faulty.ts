import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { cnnc, folderWith, repository, type Run } from './cnnc.js';

const preload = `--import=${pathToFileURL(join(repository, 'test', 'cli', 'at-step.mjs')).href}`;

/** Runs the command line; its n-th change of a file is its last, or fails. */
export function faulty(args: readonly string[], cwd: string, step: number, fault: string): Promise<Run> {
  const env = { NODE_OPTIONS: preload, CNNC_TEST_STEP: String(step), CNNC_TEST_FAULT: fault };
  return cnnc(args, { cwd, env });
}

/** How often the command line changes files, when it is run in a folder with these. */
export async function changesOf(args: readonly string[], files: Files): Promise<number> {
  const { err } = await faulty(args, folderWith(files), Number.POSITIVE_INFINITY, 'none');
  const count = Number(/no such step: there are (\d+)/.exec(err)?.[1]);
  if (!(count > 0)) throw new Error(`nothing was changed: ${err}`);
  return count;
}

/** The files of a folder as `folderWith` takes them. */
export type Files = Readonly<Record<string, string | Uint8Array>>;

/** Every file of a folder, and of those in it, with what it holds, as base64. */
export function contentOf(folder: string): ReadonlyMap<string, string> {
  const names = existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort() : [];
  const files = names.filter((name) => statSync(join(folder, name)).isFile());
  return new Map(files.map((name) => [name, readFileSync(join(folder, name)).toString('base64')]));
}

/** The same files again, in that folder. */
export function filesOf(folder: string, files: ReadonlyMap<string, string>): Files {
  return Object.fromEntries(
    [...files].map(([name, content]) => [join(folder, name), Buffer.from(content, 'base64')]),
  );
}

/** The files that `model.json` names, and itself: what a loader reads. */
export function modelIn(files: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const json = Buffer.from(files.get('model.json') ?? '', 'base64').toString('utf8');
  const named = new Set(['model.json', ...(json.match(/weights-[\w]+-\d+of\d+\.bin/g) ?? [])]);
  return new Map([...named].map((name) => [name, files.get(name) ?? 'absent']));
}
