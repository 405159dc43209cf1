import { spawnSync } from 'node:child_process';
import { appendFileSync, readFileSync } from 'node:fs';

// The GitHub action: runs `cnnc check`, and `cnnc diff`, as the inputs say. It uses Node's own modules only, so that it runs as it was
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
  const given = linesOf(input('paths'));
  const paths = given.length === 0 ? ['.'] : given;
  const args = [
    ...linesOf(input('budgets')).flatMap((budget) => ['--budget', budget]),
    ...(input('config') === '' ? [] : ['--config', input('config')]),
    ...(failOn === 'warning' ? ['--max-warnings', '0'] : []),
    // Behind it nothing is taken for a flag.
    '--',
    ...paths,
  ];
  const shown = cnnc('check', ['--format', 'github', ...args]);
  process.stdout.write(shown.stdout);
  process.stderr.write(shown.stderr);
  if (shown.status === null)
    return complain(`cnnc could not be run: ${shown.error?.message ?? shown.signal}`);
  if (shown.status > problems) {
    setOutputs({ 'exit-code': shown.status });
    return complain(`cnnc check ended with ${shown.status}: ${shown.stderr.trim()}`, shown.status);
  }
  const { models, variants, errors, warnings } = JSON.parse(
    cnnc('check', ['--format', 'json', ...args]).stdout,
  );
  setOutputs({ 'exit-code': shown.status, models, variants, errors, warnings });
  const summary = input('summary') === 'false' ? undefined : process.env['GITHUB_STEP_SUMMARY'];
  if (summary) {
    const markdown = cnnc('check', ['--format', 'markdown', '--link-base', linkBase(), ...args]).stdout;
    appendFileSync(summary, `${markdown}\n`);
  }
  const differing = diff(paths, summary);
  if (differing > problems) return differing;
  return failOn === 'never' ? well : Math.max(shown.status, differing);
}

/**
 * Adds what the pull request changes to the summary, or to the log without one.
 * @param {readonly string[]} paths @param {string | undefined} summary
 */
function diff(paths, summary) {
  const wanted = input('diff');
  if (wanted === '' || wanted === 'false') return well;
  const against = wanted === 'true' ? event().pull_request?.base?.sha : wanted;
  if (!against) {
    say(
      'notice',
      'nothing was compared: `diff: true` compares a pull request with its base, and this is none',
    );
    return well;
  }
  const conditions = linesOf(input('diff-fail-on')).flatMap((condition) => ['--fail-on', condition]);
  const run = cnnc('diff', ['--against', against, '--format', 'markdown', ...conditions, '--', ...paths]);
  if (run.status === null) return complain(`cnnc could not be run: ${run.error?.message ?? run.signal}`);
  if (run.status > problems) {
    return complain(
      `the comparison with ${against} ended with ${run.status}: ${run.stderr.trim()}`,
      run.status,
    );
  }
  if (summary) appendFileSync(summary, `${run.stdout}\n`);
  else process.stdout.write(run.stdout);
  process.stderr.write(run.stderr);
  if (run.status === well) return well;
  const reasons = run.stderr.split('\n').filter((line) => line.startsWith('cnnc: '));
  const why = reasons.map((line) => line.slice('cnnc: '.length)).join('\n');
  const what = why || `not everything could be compared with ${against}: see the log`;
  if (conditions.length > 0) return complain(what, problems);
  // A mistake on one side: where it is on this one, the check has told of it.
  say('warning', what);
  return well;
}

/** @param {'check' | 'diff'} command @param {readonly string[]} args */
function cnnc(command, args) {
  const own = input('cnnc');
  const [program, ...first] =
    own === '' ? ['npx', '--yes', `cnnc@${input('version') || 'latest'}`] : [process.execPath, own];
  return spawnSync(program, [...first, command, ...args], {
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

/** Says what stops the step. @param {string} message @param {number} [code] */
function complain(message, code = usage) {
  say('error', message);
  return code;
}

/** Says it where a person sees it. @param {'error' | 'warning' | 'notice'} level @param {string} message */
function say(level, message) {
  const text = message.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
  process.stdout.write(`::${level} title=cnnc::${text}\n`);
}
