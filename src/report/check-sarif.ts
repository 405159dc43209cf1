import type { Diagnostic, TextEdit } from '../diagnostics/diagnostic.js';
import { explainProblem, type Explained } from '../diagnostics/explain.js';
import { positionOf, type Span } from '../diagnostics/source.js';
import { shownOf, type CheckResult } from './checked.js';
import { fingerprintsOf } from './fingerprints.js';
import { plainJson, type Json } from './json.js';
import { uriOf } from './uri.js';

/** The program that made a report, and all that it can find. */
export interface SarifTool {
  readonly version: string;
  readonly rules: readonly Explained[];
}

/** A check as SARIF 2.1.0: rules with their explanations, results with places, repairs and stable fingerprints. */
export function checkSarif(checked: CheckResult, { version, rules }: SarifTool): Json {
  const { diagnostics } = shownOf(checked);
  const places = new Map(rules.map(({ code }, place) => [code, place]));
  const fingerprints = fingerprintsOf(diagnostics);
  return plainJson({
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'cnnc', semanticVersion: version, rules: rules.map(ruleOf) } },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: {
          [root]: { description: { text: 'The working folder of the check.' } },
        },
        results: diagnostics.map((diagnostic, place) =>
          resultOf(diagnostic, { ruleIndex: places.get(diagnostic.code), fingerprint: fingerprints[place] }),
        ),
      },
    ],
  });
}

const root = 'SRCROOT';

function ruleOf(problem: Explained): object {
  const { code, severity, explain } = problem;
  const [summary = explain.text] = /^.*?[.:](?=\s|$)/.exec(explain.text) ?? [];
  return {
    id: code,
    shortDescription: { text: summary.replace(/:$/, '.') },
    fullDescription: { text: explain.text },
    help: { text: explainProblem(problem), markdown: helpMarkdown(problem) },
    defaultConfiguration: { level: severity },
  };
}

function helpMarkdown({ explain }: Explained): string {
  const fenced = (text: string): string => `\`\`\`\`cnn\n${text.trimEnd()}\n\`\`\`\``;
  return `${explain.text}\n\nWrong:\n\n${fenced(explain.wrong)}\n\nMended:\n\n${fenced(explain.right)}\n`;
}

function resultOf(
  diagnostic: Diagnostic,
  known: { readonly ruleIndex: number | undefined; readonly fingerprint: string | undefined },
): object {
  const { code, severity, message, help, span, related, trail, fix, label } = diagnostic;
  const others = [...related, ...trail.map((step) => ({ span: step.span, label: `in ${step.text}` }))];
  return {
    ruleId: code,
    ruleIndex: known.ruleIndex,
    level: severity,
    message: {
      text: help === undefined ? sentence(message) : `${sentence(message)}\nHelp: ${sentence(help)}`,
    },
    locations: [locationOf(span, label)],
    relatedLocations: others.map((other, id) => ({ id, ...locationOf(other.span, other.label) })),
    partialFingerprints: { 'cnnc/v1': known.fingerprint },
    fixes: fix === undefined ? undefined : [fixOf(fix, help)],
  };
}

/** SARIF's readers show sentences. */
function sentence(text: string): string {
  return /[.?!]$/.test(text) ? text : `${text}.`;
}

function locationOf(span: Span, label: string | undefined): object {
  return {
    physicalLocation: { artifactLocation: artifactOf(span), region: regionOf(span) },
    message: label === undefined || label === '' ? undefined : { text: label },
  };
}

function artifactOf({ source }: Span): object {
  return { uri: uriOf(source.name), uriBaseId: root };
}

function regionOf({ source, start, end }: Span): object {
  const from = positionOf(source, start);
  const to = positionOf(source, end);
  return { startLine: from.line, startColumn: from.column, endLine: to.line, endColumn: to.column };
}

function fixOf({ span, text }: TextEdit, help: string | undefined): object {
  return {
    description: { text: help ?? `Write \`${text}\`.` },
    artifactChanges: [
      {
        artifactLocation: artifactOf(span),
        replacements: [{ deletedRegion: regionOf(span), insertedContent: { text } }],
      },
    ],
  };
}
