import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from './house/root.mjs';

// Refuses what belongs to one machine and not into the repository: hosts of package registries, and absolute paths.

/** Put together here, so that this file doesn't hold them. */
const hosts = [
  ['registry', 'npmjs', 'org'],
  ['registry', 'yarnpkg', 'com'],
  ['files', 'pythonhosted', 'org'],
  ['pypi', 'org'],
  ['deb', 'debian', 'org'],
].map((parts) => parts.join('.'));

const ownRegistry = execFileSync('npm', ['config', 'get', 'registry'], {
  cwd: root,
  encoding: 'utf8',
  stdio: ['ignore', 'pipe', 'ignore'],
  shell: process.platform === 'win32',
}).trim();
if (URL.canParse(ownRegistry)) hosts.push(new URL(ownRegistry).host);

const folders = ['work', 'root', 'tmp', 'home/[a-z][a-z0-9_-]*', 'Users/[A-Za-z][A-Za-z0-9._-]*'];
// A path begins where no word, dot or slash stands before it: `example/root/` and `./tmp/` are none.
const absolutePath = new RegExp(`(?<![\\w./~\\]})-])/(?:${folders.join('|')})/[\\w.@-]`, 'g');

const files = execFileSync('git', ['ls-files', '-z', '--cached'], { cwd: root, encoding: 'utf8' })
  .split('\0')
  .filter((path) => path !== '');
if (files.length === 0) throw new Error('git knows no file here');

let found = 0;
for (const path of files) {
  const text = await readFile(join(root, path), 'latin1');
  for (const [index, line] of text.split('\n').entries()) {
    const traces = [...hosts.filter((host) => line.includes(host)), ...(line.match(absolutePath) ?? [])];
    for (const trace of traces) console.error(`${path}:${String(index + 1)}: ${trace}`);
    found += traces.length;
  }
}
console.log(`${String(files.length)} files, ${String(found)} traces of a machine`);
if (found > 0) process.exitCode = 1;
