import packageJson from '../../package.json' with { type: 'json' };
import { checkSarif } from '../report/check-sarif.js';
import type { CheckResult } from '../report/checked.js';
import { writeJson } from '../report/json.js';
import { checkedProblems } from './explained.js';

/** A check as SARIF, with every problem that a check can find as a rule. */
export function sarifText(result: CheckResult): string {
  return writeJson(checkSarif(result, { version: packageJson.version, rules: checkedProblems }));
}
