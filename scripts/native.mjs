import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { ensureInstalled } from './house/install.mjs';
import { root } from './house/root.mjs';
import { run, runNode } from './house/run.mjs';

// `npm run native`: TensorFlow's native library for `--engine node`, in `.cache/native`, once. tfjs-node's own download
// isn't needed: the library comes from the wheel `tensorflow-cpu` of PyPI, and the binding is built here.

const version = '4.22.0';
const wheel = 'tensorflow-cpu==2.21.0';
const place = join(root, '.cache', 'native');
const building = join(root, '.cache', `native.${String(process.pid)}.tmp`);
const quietlyName = 'quietly.node';

/** @returns {Promise<number>} the exit code */
async function native() {
  if (existsSync(place)) {
    say(`TensorFlow's native library is there: ${relative(root, place)}`);
    // Folders of earlier versions lack it.
    return existsSync(join(place, quietlyName)) ? 0 : buildQuietly(place);
  }
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    say(`this way is known on Linux x64 only, not on ${process.platform} ${process.arch}`);
    say('  help: `npm install @tensorflow/tfjs-node` where its own download can be reached');
    return 1;
  }
  const absent = await missingTools();
  if (absent !== 0) return absent;
  const installed = await ensureInstalled();
  if (installed !== 0) return installed;
  try {
    for (const [what, step] of steps) {
      say(what);
      const code = await step();
      if (code !== 0) {
        say(`this ended with ${String(code)}; nothing was installed`);
        return code;
      }
    }
    // Whole or not at all: whoever finds the folder finds a library that has been loaded once.
    await rename(building, place);
  } finally {
    await rm(building, { recursive: true, force: true });
  }
  say(`TensorFlow's native library is in ${relative(root, place)}`);
  return 0;
}

const packages = join(building, 'node_modules', '@tensorflow');
const tfjsNode = join(packages, 'tfjs-node');

/** @type {readonly (readonly [string, () => Promise<number>])[]} */
const steps = [
  [`installing @tensorflow/tfjs-node ${version}`, installPackage],
  [`fetching ${wheel} from PyPI (260 MB)`, fetchWheel],
  ['taking the library out of it', unpack],
  ['building the binding (half a minute)', build],
  ['building what loads it without a notice', () => buildQuietly(building)],
  ['loading it', probe],
];

/** Runs without the package's own script, which would download a library. */
async function installPackage() {
  await mkdir(building, { recursive: true });
  await writeFile(join(building, 'package.json'), '{ "private": true }\n');
  const args = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const code = await run('npm', [...args, `@tensorflow/tfjs-node@${version}`], toStderr);
  if (code !== 0) return code;
  // Without copies of its own it takes the packages of the checkout, two folders up: one core holds backends and tensors.
  const shared = ['tfjs-core', 'tfjs-backend-cpu', 'tfjs-layers', 'tfjs-converter'];
  await Promise.all(shared.map((name) => rm(join(packages, name), { recursive: true })));
  await withoutBrowserFiles(packages);
  return 0;
}

function fetchWheel() {
  const args = ['-m', 'pip', 'download', '--quiet', '--no-deps', '--only-binary=:all:', '--dest', 'wheel'];
  return run('python3', [...args, '--disable-pip-version-check', wheel], toStderr);
}

/** Takes the libraries and the headers, and names them as the package's script looks for them. */
async function unpack() {
  const [file] = await readdir(join(building, 'wheel'));
  if (file === undefined) return 1;
  const code = await run('python3', ['-m', 'zipfile', '-e', join('wheel', file), 'unpacked'], toStderr);
  if (code !== 0) return code;
  await rm(join(building, 'wheel'), { recursive: true });
  const from = join(building, 'unpacked', 'tensorflow');
  const library = join(tfjsNode, 'deps', 'lib');
  await mkdir(library, { recursive: true });
  await cp(join(from, 'include'), join(tfjsNode, 'deps', 'include'), { recursive: true });
  for (const name of ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2']) {
    await rename(join(from, name), join(library, name));
  }
  for (const name of ['libtensorflow.so', 'libtensorflow.so.2', 'libtensorflow.so.2.9.1']) {
    await symlink('libtensorflow_cc.so.2', join(library, name));
  }
  await symlink('libtensorflow_framework.so.2', join(library, 'libtensorflow_framework.so'));
  await rm(join(building, 'unpacked'), { recursive: true });
  return 0;
}

/** The package's own script, on the headers of this very Node where they lie beside it, rather than a download of them. */
async function build() {
  const nodeFolder = dirname(dirname(process.execPath));
  const hasHeaders = existsSync(join(nodeFolder, 'include', 'node', 'node_api.h'));
  const bin = join(building, 'node_modules', '.bin');
  const env = {
    ...process.env,
    PATH: `${bin}:${process.env['PATH'] ?? ''}`,
    ...(hasHeaders ? { npm_config_nodedir: nodeFolder } : {}),
  };
  const code = await run(process.execPath, ['scripts/install.js'], { ...toStderr, cwd: tfjsNode, env });
  if (code !== 0) return code;
  // 13,000 headers and the objects were for the build only.
  await rm(join(tfjsNode, 'deps', 'include'), { recursive: true });
  await rm(join(tfjsNode, 'build'), { recursive: true, force: true });
  return 0;
}

/**
 * Compiles the module that keeps the library's notice from standard error.
 * @param {string} folder
 */
async function buildQuietly(folder) {
  const made = join(folder, `${quietlyName}.${String(process.pid)}`);
  const source = join(root, 'scripts', 'native', 'quietly.cc');
  const code = await run('g++', ['-O1', '-shared', '-fPIC', '-o', made, source], { output: 'to-stderr' });
  if (code === 0) await rename(made, join(folder, quietlyName));
  return code;
}

/** A library that does not load is none. Node 23 lacks a function that the package calls. */
function probe() {
  const script = `
    const util = require('node:util');
    util.isNullOrUndefined ??= (value) => value === null || value === undefined;
    const tf = require(${JSON.stringify(tfjsNode)});
    process.exitCode = tf.scalar(1).add(1).dataSync()[0] === 2 ? 0 : 1;
  `;
  return runNode(['--eval', script], { ...toStderr, env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: '2' } });
}

/** @type {{ cwd: string, output: 'to-stderr' }} */
const toStderr = { cwd: building, output: 'to-stderr' };

/**
 * Maps, types and bundles for browsers are three quarters of the packages.
 * @param {string} folder
 */
async function withoutBrowserFiles(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const unused = entries.filter(
    (entry) =>
      entry.isFile() && /(\.map|\.min\.js|\.html|\.d\.ts|\.(fesm|es2017)\.js|_test\.js)$/.test(entry.name),
  );
  await Promise.all(unused.map((entry) => rm(join(entry.parentPath, entry.name))));
}

/** What the build needs of the machine; continuous integration installs it, others are told how. */
async function missingTools() {
  const absent = await absentPackages();
  if (absent.length === 0) return 0;
  const install = `apt-get update && apt-get install -y ${absent.join(' ')}`;
  if (process.env['CI'] === undefined || process.getuid?.() !== 0) {
    say(`missing on this machine: ${absent.join(', ')}`);
    say(`  help: on Debian and Ubuntu, as root: ${install}`);
    return 1;
  }
  say(`installing ${absent.join(', ')}`);
  const code = await run('bash', ['-c', install], { output: 'to-stderr' });
  return code !== 0 || (await absentPackages()).length === 0 ? code : 1;
}

/** @returns {Promise<string[]>} by their Debian names */
async function absentPackages() {
  /** @type {[string, string, string[]][]} */
  const wanted = [
    ['python3', 'python3', ['--version']],
    ['python3-pip', 'python3', ['-m', 'pip', '--version']],
    ['make', 'make', ['--version']],
    ['g++', 'g++', ['--version']],
  ];
  const found = await Promise.all(
    wanted.map(([, program, args]) => run(program, args, { output: 'nowhere' }).catch(() => 127)),
  );
  return wanted.map(([name]) => name).filter((_, index) => found[index] !== 0);
}

/** @param {string} text */
function say(text) {
  process.stderr.write(`cnnc: ${text}\n`);
}

process.exitCode = await native();
