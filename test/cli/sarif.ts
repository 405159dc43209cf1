/** One result of a SARIF report, flat. */
export interface SarifResult {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly uri: string;
  readonly fingerprint: string;
  readonly related: readonly string[];
  readonly fixes: readonly { readonly region: unknown; readonly text: string }[];
}

/** What the tests look at in a SARIF report; a report of another form is an error. */
export interface SarifReport {
  readonly rules: readonly { readonly id: string; readonly help: { readonly text: string } }[];
  readonly results: readonly SarifResult[];
}

/** Reads a SARIF report of one run. */
export function parseSarif(text: string): SarifReport {
  const run = itemsAt(JSON.parse(text), 'runs')[0];
  const rules = itemsAt(at(run, 'tool', 'driver'), 'rules').map((rule) => ({
    id: textAt(rule, 'id'),
    help: { text: textAt(rule, 'help', 'text') },
  }));
  return { rules, results: itemsAt(run, 'results').map(resultOf) };
}

function resultOf(result: unknown): SarifResult {
  const [location] = itemsAt(result, 'locations');
  const fixes = itemsAt(result, 'fixes')
    .flatMap((fix) => itemsAt(fix, 'artifactChanges'))
    .flatMap((change) => itemsAt(change, 'replacements'));
  return {
    ruleId: textAt(result, 'ruleId'),
    ruleIndex: Number(at(result, 'ruleIndex')),
    uri: textAt(location, 'physicalLocation', 'artifactLocation', 'uri'),
    fingerprint: textAt(result, 'partialFingerprints', 'cnnc/v1'),
    related: itemsAt(result, 'relatedLocations').map((other) => textAt(other, 'message', 'text')),
    fixes: fixes.map((fix) => ({
      region: at(fix, 'deletedRegion'),
      text: textAt(fix, 'insertedContent', 'text'),
    })),
  };
}

function at(value: unknown, ...keys: readonly string[]): unknown {
  let here = value;
  for (const key of keys) {
    if (typeof here !== 'object' || here === null) return undefined;
    here = Object.entries(here).find(([name]) => name === key)?.[1];
  }
  return here;
}

function itemsAt(value: unknown, key: string): readonly unknown[] {
  const items = at(value, key);
  return Array.isArray(items) ? items : [];
}

function textAt(value: unknown, ...keys: readonly string[]): string {
  const text = at(value, ...keys);
  if (typeof text !== 'string') throw new Error(`no text at ${keys.join('.')}`);
  return text;
}
