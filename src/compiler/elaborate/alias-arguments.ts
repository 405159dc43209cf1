import type { Argument } from '../../parser/ast.js';
import { bindArguments } from '../resolve/arguments.js';
import { followAliases } from '../resolve/call.js';
import type { Declaration, Module } from '../resolve/declarations.js';

/** An argument that an instance gives to its model. */
export interface AliasArgument extends Argument {
  readonly parameter: string;
  /** The file of the instance. */
  readonly module: Module;
}

/** The arguments of the instances between a name and its model, each under its parameter; the innermost binds first. */
export function aliasArguments(start: Declaration): readonly AliasArgument[] {
  const target = followAliases(start);
  if (target === undefined) return [];
  const { parameters } = target.declaration.tree;
  const modules = modulesOf(start);
  const found = new Map<string, AliasArgument>();
  for (let place = target.bound.length - 1; place >= 0; place -= 1) {
    const given = target.bound[place]?.arguments ?? [];
    const module = modules[place];
    if (module === undefined) continue;
    const { bound } = bindArguments(parameters, given, new Set(found.keys()));
    for (const [parameter, argument] of bound) found.set(parameter, { ...argument, parameter, module });
  }
  return [...found.values()];
}

/** The files of the instances between a name and its model, outermost first. */
function modulesOf(start: Declaration): readonly Module[] {
  const modules: Module[] = [];
  let here: Declaration | undefined = start;
  while (here?.kind === 'alias') {
    modules.push(here.module);
    here = here.module.names.get(here.tree.target.name.text);
  }
  return modules;
}
