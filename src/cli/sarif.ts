import packageJson from '../../package.json' with { type: 'json' };
import { problems } from '../problems.js';
import { checkSarif } from '../report/check-sarif.js';
import type { CheckResult } from '../report/checked.js';
import { writeJson } from '../report/json.js';

/** A check as SARIF, with every problem of files that cnnc knows as a rule. */
export function sarifText(result: CheckResult): string {
  return writeJson(checkSarif(result, { version: packageJson.version, rules: problems }));
}
