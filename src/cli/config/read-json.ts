import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import { report } from '../../diagnostics/problem.js';
import type { Source, Span } from '../../diagnostics/source.js';
import { configSyntax } from './problems.js';

/** A value of a JSON text, with where it stands. */
export type JsonNode =
  | { readonly kind: 'object'; readonly members: readonly JsonMember[]; readonly span: Span }
  | { readonly kind: 'list'; readonly items: readonly JsonNode[]; readonly span: Span }
  | { readonly kind: 'text'; readonly value: string; readonly span: Span }
  | { readonly kind: 'number' | 'boolean' | 'null'; readonly span: Span };

/** A key with its value. */
export interface JsonMember {
  readonly key: string;
  readonly keySpan: Span;
  readonly value: JsonNode;
}

/** What a JSON text says, or what is wrong with it. */
export type ReadJson =
  | { readonly kind: 'read'; readonly root: JsonNode }
  | { readonly kind: 'wrong'; readonly diagnostic: Diagnostic };

/** Reads a text as strict JSON in which no object has a key twice. */
export function readJson(source: Source): ReadJson {
  const scanner = scannerOf(source);
  const root = valueAt(scanner, 0);
  if (root.kind === 'wrong') return root;
  const rest = scanner.next();
  if (rest.text !== '') return wrong('the end of the file', rest);
  return { kind: 'read', root };
}

type Wrong = Extract<ReadJson, { readonly kind: 'wrong' }>;

interface Token {
  readonly text: string;
  readonly span: Span;
}

interface Scanner {
  /** Takes the next token; its text is empty at the end. */
  readonly next: () => Token;
  /** Looks at it. */
  readonly peek: () => Token;
}

const tokens =
  /[{}[\]:,]|"(?:[^"\\\p{Cc}]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])|(?:true|false|null)(?!\w)/uy;
const spaces = /[ \t\r\n]*/y;
const stray = /"[^"\r\n]*"?|[^\s{}[\]:,"]+/y;

function scannerOf(source: Source): Scanner {
  let offset = 0;
  const scan = (): Token => {
    const start = offset + (matchAt(spaces, offset) ?? '').length;
    const text = matchAt(tokens, start) ?? matchAt(stray, start) ?? source.text.slice(start, start + 1);
    return { text, span: { source, start, end: start + text.length } };
  };
  const matchAt = (pattern: RegExp, at: number): string | undefined => {
    pattern.lastIndex = at;
    return pattern.exec(source.text)?.[0];
  };
  return {
    peek: scan,
    next() {
      const token = scan();
      offset = token.span.end;
      return token;
    },
  };
}

/** Nobody nests a configuration as deep as this. */
const deepest = 64;

function valueAt(scanner: Scanner, depth: number): JsonNode | Wrong {
  const token = scanner.next();
  const { text, span } = token;
  if (depth > deepest) return wrong(`no more than ${String(deepest)} levels`, token);
  if (text === '{') return objectAt(scanner, span, depth);
  if (text === '[') return listAt(scanner, span, depth);
  const value = textOf(token);
  if (value !== undefined) return { kind: 'text', value, span };
  if (text === 'true' || text === 'false') return { kind: 'boolean', span };
  if (text === 'null') return { kind: 'null', span };
  return isNumber(text) ? { kind: 'number', span } : wrong('a value', token);
}

function objectAt(scanner: Scanner, open: Span, depth: number): JsonNode | Wrong {
  const members: JsonMember[] = [];
  const keys = new Set<string>();
  while (members.length > 0 || scanner.peek().text !== '}') {
    const token = scanner.next();
    const key = textOf(token);
    if (key === undefined) return wrong('a key between `"` and `"`', token);
    if (keys.has(key)) return wrong('each key once', token, ' again');
    keys.add(key);
    const colon = scanner.next();
    if (colon.text !== ':') return wrong('`:`', colon);
    const value = valueAt(scanner, depth + 1);
    if (value.kind === 'wrong') return value;
    members.push({ key, keySpan: token.span, value });
    const end = scanner.peek();
    if (end.text === '}') break;
    if (end.text !== ',') return wrong('`,` or `}`', end);
    scanner.next();
  }
  return { kind: 'object', members, span: { ...open, end: scanner.next().span.end } };
}

function listAt(scanner: Scanner, open: Span, depth: number): JsonNode | Wrong {
  const items: JsonNode[] = [];
  while (items.length > 0 || scanner.peek().text !== ']') {
    const item = valueAt(scanner, depth + 1);
    if (item.kind === 'wrong') return item;
    items.push(item);
    const end = scanner.peek();
    if (end.text === ']') break;
    if (end.text !== ',') return wrong('`,` or `]`', end);
    scanner.next();
  }
  return { kind: 'list', items, span: { ...open, end: scanner.next().span.end } };
}

/** The value of a text in quotation marks that is whole. */
function textOf({ text }: Token): string | undefined {
  tokens.lastIndex = 0;
  if (!text.startsWith('"') || tokens.exec(text)?.[0] !== text) return undefined;
  const value: unknown = JSON.parse(text);
  return typeof value === 'string' ? value : undefined;
}

function isNumber(text: string): boolean {
  tokens.lastIndex = 0;
  return /^[-\d]/.test(text) && tokens.exec(text)?.[0] === text;
}

function wrong(expected: string, { text, span }: Token, more = ''): Wrong {
  const shown = text.length > 40 ? `${text.slice(0, 40)}…` : text;
  const got = text === '' ? 'the end of the file' : `\`${shown}\`${more}`;
  return { kind: 'wrong', diagnostic: report(configSyntax, span, { expected, got }) };
}
