import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureInstalled } from './house/install.mjs';
import { root } from './house/root.mjs';
import { runNode } from './house/run.mjs';

// `npm run test:sarif`: what `cnnc check --format sarif` writes is read by the official validator of SARIF, a program of
// its own that is installed into .cache/.

const version = '5.7.0';
const cache = join(root, '.cache', 'sarif-multitool');
const validator = join(
  cache,
  'node_modules/@microsoft',
  `sarif-multitool-${process.platform}`,
  'Sarif.Multitool',
);

/**
 * The one remark that is expected: cnnc names no page of its own. It has to be there: a file that the validator can't read
 * at all ends without a word and with exit code 0.
 */
const expected = ['SARIF2005'];

process.exitCode = await testSarif();

/** @returns {Promise<number>} */
async function testSarif() {
  const installed = (await ensureInstalled()) || (await runNode(['scripts/build.mjs']));
  if (installed !== 0) return installed;
  installValidator();
  const folder = mkdtempSync(join(tmpdir(), 'cnnc-sarif-'));
  try {
    return report([
      ...reports(folder).map(({ name, text }) => ({ name, ...seen(remarksOn(folder, text), expected) })),
      { name: 'a report that is spoilt', ...seen(remarksOn(folder, spoilt(folder)), ['JSON1008']) },
      { name: 'a level that there is not', ...seen(remarksOn(folder, unreadable(folder)), []) },
    ]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function installValidator() {
  if (!existsSync(validator)) {
    mkdirSync(cache, { recursive: true });
    const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
    const name = `@microsoft/sarif-multitool@${version}`;
    // Without scripts: all that its own does is to make the file a program.
    const args = [
      'install',
      '--prefix',
      cache,
      '--no-save',
      '--no-audit',
      '--no-fund',
      '--ignore-scripts',
      name,
    ];
    execFileSync(npm, args, { stdio: ['ignore', 2, 2], cwd: cache, shell: process.platform === 'win32' });
  }
  chmodSync(validator, 0o755);
}

/** @param {string} folder */
function reports(folder) {
  const odd = join(folder, 'models (1) %41 #é');
  mkdirSync(odd);
  writeFileSync(join(odd, 'a:b.cnn'), 'model A {\n  input 8x8x3\n  convv 4 3x3\n}\n');
  return [
    { name: 'the examples, without a problem', text: sarif(root, ['examples']) },
    { name: 'a file for each problem', text: sarif(root, ['test/problems', '--limit-diagnostics', '1000']) },
    { name: 'paths with signs', text: sarif(folder, ['.']) },
    { name: 'standard input', text: sarif(folder, ['-'], 'model M { input 8x8x3; conv 4 9x9 }\n') },
  ];
}

/**
 * @param {string} cwd
 * @param {readonly string[]} args
 * @param {string} [input]
 */
function sarif(cwd, args, input = '') {
  const command = [join(root, 'dist/cnnc.js'), 'check', '--format', 'sarif', ...args];
  const run = spawnSync(process.execPath, command, { cwd, input, encoding: 'utf8', maxBuffer: 1 << 28 });
  if (run.status !== 0 && run.status !== 1)
    throw new Error(`cnnc ended with ${String(run.status)}: ${run.stderr}`);
  return run.stdout;
}

/** A report with a line 0, which the validator must refuse. @param {string} folder */
function spoilt(folder) {
  return sarif(folder, ['.']).replace('"startLine": 3', '"startLine": 0');
}

/** @param {string} folder */
function unreadable(folder) {
  return sarif(folder, ['.']).replace('"level": "error"', '"level": "bad"');
}

/**
 * @param {string} folder
 * @param {string} text
 * @returns {readonly { readonly ruleId: string, readonly text: string }[]}
 */
function remarksOn(folder, text) {
  const file = join(folder, 'report.sarif');
  const log = join(folder, 'remarks.json');
  writeFileSync(file, text);
  const run = spawnSync(
    validator,
    ['validate', file, '--output', log, '--log', 'ForceOverwrite', '--quiet'],
    {
      // It needs no texts of other languages, and would not start without the library that has them.
      env: { ...process.env, DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: '1' },
      encoding: 'utf8',
    },
  );
  if (run.error !== undefined) throw run.error;
  if (!existsSync(log)) throw new Error(`the validator wrote nothing: ${run.stdout}${run.stderr}`);
  const { results } = JSON.parse(readFileSync(log, 'utf8')).runs[0];
  rmSync(log);
  return results.map((/** @type {{ ruleId: string, message: unknown, locations: unknown }} */ result) => ({
    ruleId: result.ruleId,
    text: JSON.stringify([result.message, result.locations]),
  }));
}

/**
 * @param {ReturnType<typeof remarksOn>} remarks
 * @param {readonly string[]} wanted rules that must have something to say; where the first is SARIF2005, no other may
 */
function seen(remarks, wanted) {
  const rules = [...new Set(remarks.map(({ ruleId }) => ruleId))];
  const isExact = wanted !== expected || rules.length === expected.length;
  const isWell =
    isExact && wanted.every((rule) => rules.includes(rule)) && (wanted.length > 0 || rules.length === 0);
  return { isWell, remarks };
}

/** @param {readonly { name: string, isWell: boolean, remarks: ReturnType<typeof remarksOn> }[]} checks */
function report(checks) {
  for (const { name, isWell, remarks } of checks) {
    console.log(`${isWell ? 'ok' : 'FAILED'}  ${name}`);
    if (isWell) continue;
    for (const { ruleId, text } of remarks.slice(0, 10)) console.log(`  ${ruleId} ${text.slice(0, 400)}`);
    if (remarks.length === 0) console.log('  the validator said nothing, not even what it always says');
  }
  return checks.every(({ isWell }) => isWell) ? 0 : 1;
}
