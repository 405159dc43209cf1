import type { Span } from '../../diagnostics/source.js';
import type { Argument, Parameter } from '../../parser/ast.js';
import type { AnyOp } from '../ops/op.js';
import { offer, tell, type Context } from './context.js';
import { missingArgument, repeatedArgument, surplusArgument, unknownParameter } from './problems.js';

/** The arguments of a call under the parameters' names. */
export type NamedArguments = ReadonlyMap<string, Argument>;

/** What `bindArguments` found wrong, for a caller that knows how to say it. */
export type ArgumentMistake =
  | { readonly kind: 'unknown'; readonly name: string; readonly span: Span }
  | { readonly kind: 'repeated'; readonly name: string; readonly span: Span }
  | { readonly kind: 'surplus'; readonly span: Span }
  | { readonly kind: 'missing'; readonly name: string };

/** Puts arguments under parameters: first by position, then by name; `taken` are those that were bound before. */
export function bindArguments(
  parameters: readonly Parameter[],
  given: readonly Argument[],
  taken: ReadonlySet<string>,
): { readonly bound: NamedArguments; readonly mistakes: readonly ArgumentMistake[] } {
  const bound = new Map<string, Argument>();
  const mistakes: ArgumentMistake[] = [];
  const free = parameters.filter((parameter) => !taken.has(parameter.name.text));
  const names = new Set(parameters.map((parameter) => parameter.name.text));
  let place = 0;
  for (const argument of given) {
    const name = argument.name?.text ?? free[place++]?.name.text;
    if (name === undefined) {
      if (mistakes.some(({ kind }) => kind === 'surplus')) continue;
      mistakes.push({ kind: 'surplus', span: argument.span });
    } else if (!names.has(name))
      mistakes.push({ kind: 'unknown', name, span: argument.name?.span ?? argument.span });
    else if (bound.has(name) || taken.has(name))
      mistakes.push({ kind: 'repeated', name, span: argument.span });
    else bound.set(name, argument);
  }
  for (const parameter of free) {
    const { text } = parameter.name;
    if (parameter.default === undefined && !bound.has(text)) mistakes.push({ kind: 'missing', name: text });
  }
  return { bound, mistakes };
}

/** Reports the mistakes of a call of `of` at `span`; where something is unknown or surplus, what is missing follows from it. */
export function tellMistakes(
  context: Context,
  mistakes: readonly ArgumentMistake[],
  call: {
    readonly of: string;
    readonly span: Span;
    readonly parameters: readonly Parameter[];
    readonly isPartial?: boolean;
  },
): void {
  const names = call.parameters.map((parameter) => parameter.name.text);
  let silent = call.isPartial ?? false;
  for (const mistake of mistakes) {
    switch (mistake.kind) {
      case 'unknown':
        tell(
          context,
          unknownParameter,
          { name: mistake.name, of: call.of },
          { span: mistake.span, ...offer(context, mistake.name, mistake.span, names) },
        );
        silent = true;
        break;
      case 'repeated':
        tell(context, repeatedArgument, { name: mistake.name, of: call.of }, { span: mistake.span });
        break;
      case 'surplus':
        tell(context, surplusArgument, { of: call.of, takes: takes(names) }, { span: mistake.span });
        silent = true;
        break;
      case 'missing':
        if (silent) break;
        tell(
          context,
          missingArgument,
          { name: mistake.name, of: call.of, example: undefined },
          { span: call.span, help: `its parameters are ${names.map((name) => `\`${name}\``).join(', ')}` },
        );
        break;
    }
  }
}

/** `3 arguments: \`a\`, \`b\` and \`c\``. */
export function takes(names: readonly string[]): string {
  if (names.length === 0) return 'no arguments';
  const list = names.map((name) => `\`${name}\``).join(', ');
  return names.length === 1 ? `one argument: ${list}` : `${String(names.length)} arguments: ${list}`;
}

/** `2 arguments: \`filters\`, \`kernel\` by position`. */
export function takesByPosition(op: AnyOp): string {
  const places = op.positional.filter((name) => op.params[name]?.type.words.length === 0);
  return `${takes(places)} by position`;
}
