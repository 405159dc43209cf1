import type { Expression, Parameter } from '../../parser/ast.js';
import { opNamed } from '../ops/registry.js';
import type { Module } from './declarations.js';

/** The kinds that a parameter of a block can have; `any` takes every value but a block. */
export type ParameterKind = 'int' | 'float' | 'bool' | 'string' | 'size' | 'list' | 'block' | 'any';

/** The kinds that can be written behind a colon. */
export const writtenKinds: ReadonlyMap<string, ParameterKind> = new Map(
  (['int', 'float', 'bool', 'string', 'size', 'list', 'block'] as const).map((kind) => [kind, kind]),
);

/** The kind of a parameter: as written, else as its default shows, else any. */
export function kindOfParameter(
  parameter: Parameter,
  earlier: ReadonlySet<string>,
  module: Module,
): ParameterKind {
  if (parameter.type !== undefined) return writtenKinds.get(parameter.type.text) ?? 'any';
  if (parameter.default === undefined) return 'any';
  return kindOfDefault(parameter.default, earlier, module);
}

/** The kinds of all parameters of a declaration, in order. */
export function kindsOfParameters(
  parameters: readonly Parameter[],
  module: Module,
): readonly ParameterKind[] {
  const earlier = new Set<string>();
  return parameters.map((parameter) => {
    const kind = kindOfParameter(parameter, earlier, module);
    earlier.add(parameter.name.text);
    return kind;
  });
}

function kindOfDefault(value: Expression, earlier: ReadonlySet<string>, module: Module): ParameterKind {
  switch (value.kind) {
    case 'number':
      return value.isDecimal ? 'float' : 'int';
    case 'unary':
      return value.operators[0] === 'not' ? 'bool' : kindOfDefault(value.operand, earlier, module);
    case 'boolean':
      return 'bool';
    case 'string':
      return 'string';
    case 'size':
      return 'size';
    case 'list':
    case 'tuple':
      return 'list';
    case 'block-value':
      return 'block';
    case 'name-expression':
      return !earlier.has(value.name) && namesABlock(value.name, module) ? 'block' : 'any';
    default:
      return 'any';
  }
}

/** True where a name of a file means something that can be called with angle brackets. */
function namesABlock(name: string, module: Module): boolean {
  const declaration = module.names.get(name);
  if (declaration !== undefined) return declaration.kind !== 'let';
  return opNamed(name) !== undefined;
}
