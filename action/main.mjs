import { spawnSync } from 'node:child_process';
import { appendFileSync, readFileSync } from 'node:fs';

// The GitHub action: runs `cnnc check` as the inputs say. It uses Node's own modules only, so that it runs as it was
// checked out.

/** Exit codes of cnnc that are about what was checked, not about how it was asked. */
const well = 0;
const problems = 1;
const usage = 2;

process.exitCode = main();

function main() {
  const failOn = input('fail-on') || 'error';
  if (!['error', 'warning', 'never'].includes(failOn)) {
    return complain(`fail-on is error, warning or never, and this is "${failOn}"`);
  }
  const paths = linesOf(input('paths'));
  const args = [
    ...linesOf(input('budgets')).flatMap((budget) => ['--budget', budget]),
    ...(input('config') === '' ? [] : ['--config', input('config')]),
    ...(failOn === 'warning' ? ['--max-warnings', '0'] : []),
    // Behind it nothing is taken for a flag.
    '--',
    ...(paths.length === 0 ? ['.'] : paths),
  ];
  const shown = check(['--format', 'github', ...args]);
  process.stdout.write(shown.stdout);
  process.stderr.write(shown.stderr);
  if (shown.status === null)
    return complain(`cnnc could not be run: ${shown.error?.message ?? shown.signal}`);
  if (shown.status > problems) {
    setOutputs({ 'exit-code': shown.status });
    return complain(`cnnc check ended with ${shown.status}: ${shown.stderr.trim()}`, shown.status);
  }
  const { models, variants, errors, warnings } = JSON.parse(check(['--format', 'json', ...args]).stdout);
  setOutputs({ 'exit-code': shown.status, models, variants, errors, warnings });
  if (input('summary') !== 'false' && process.env['GITHUB_STEP_SUMMARY']) {
    const markdown = check(['--format', 'markdown', '--link-base', linkBase(), ...args]).stdout;
    appendFileSync(process.env['GITHUB_STEP_SUMMARY'], `${markdown}\n`);
  }
  return failOn === 'never' ? well : shown.status;
}

/** @param {readonly string[]} args */
function check(args) {
  const own = input('cnnc');
  const [program, ...first] =
    own === '' ? ['npx', '--yes', `cnnc@${input('version') || 'latest'}`] : [process.execPath, own];
  return spawnSync(program, [...first, 'check', ...args], {
    cwd: process.env['GITHUB_WORKSPACE'] || process.cwd(),
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
}

/** The value of an input, as the runner hands it over. @param {string} name */
function input(name) {
  return (process.env[`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`] ?? '').trim();
}

/** @param {string} text */
function linesOf(text) {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** Where the files of this commit are shown; of a pull request, those of its head, not of the trial merge. */
function linkBase() {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_SHA: sha } = process.env;
  if (!server || !repository || !sha) return '';
  return `${server}/${headRepository() ?? repository}/blob/${headCommit() ?? sha}/`;
}

function headCommit() {
  return event().pull_request?.head?.sha;
}

function headRepository() {
  return event().pull_request?.head?.repo?.full_name;
}

/** What set the workflow off. */
function event() {
  const path = process.env['GITHUB_EVENT_PATH'];
  if (!path) return {};
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return {};
  }
}

/** @param {Readonly<Record<string, number>>} outputs */
function setOutputs(outputs) {
  const file = process.env['GITHUB_OUTPUT'];
  if (!file) return;
  appendFileSync(
    file,
    Object.entries(outputs)
      .map(([name, value]) => `${name}=${value}\n`)
      .join(''),
  );
}

/** Says it where a person sees it. @param {string} message @param {number} [code] */
function complain(message, code = usage) {
  const text = message.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
  process.stdout.write(`::error title=cnnc::${text}\n`);
  return code;
}
