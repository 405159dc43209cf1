import { readFileSync } from 'node:fs';

// Prints what a report of vitest (its reporter `json`) counts: passed, failed and skipped tests. Needs no package.

const path = process.argv[2];
if (path === undefined) throw new Error('the report is missing: count-tests.mjs REPORT');

/** @type {{ testResults: { status: string, assertionResults: { status: string }[] }[] }} */
const report = JSON.parse(readFileSync(path, 'utf8'));
const tests = report.testResults.flatMap(({ assertionResults }) => assertionResults);
const passed = tests.filter(({ status }) => status === 'passed').length;
const failed = tests.filter(({ status }) => status === 'failed').length;
// A file that could not be loaded, or whose hooks failed, has failed without a test that says so.
const brokenFiles = report.testResults.filter(
  ({ status, assertionResults }) =>
    status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
).length;
console.log(`${String(passed)} ${String(failed + brokenFiles)} ${String(tests.length - passed - failed)}`);
