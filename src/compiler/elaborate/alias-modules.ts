import type { Declaration, Module } from '../resolve/declarations.js';

/** The files of the instances between a name and its model, outermost first. */
export function aliasModules(start: Declaration): readonly Module[] {
  const modules: Module[] = [];
  let here: Declaration | undefined = start;
  while (here?.kind === 'alias') {
    modules.push(here.module);
    here = here.module.names.get(here.tree.target.name.text);
  }
  return modules;
}
