import type { Name } from '../../parser/ast.js';
import { tell, type Context } from './context.js';
import { duplicateName, unusedName } from './problems.js';
import { type LocalKind } from './scope.js';

/** Declares a name in the innermost braces. A tensor may be named again: the later one hides the earlier one. */
export function declare(context: Context, name: Name, kind: LocalKind): void {
  const first = context.scope.names.get(name.text);
  if (first !== undefined && !(kind === 'tensor' && first.kind === 'tensor')) {
    const related = [{ span: first.span, label: 'the first one' }];
    tell(context, duplicateName, { name: name.text, what: first.kind }, { span: name.span, related });
    return;
  }
  context.scope.names.set(name.text, { name: name.text, kind, span: name.span });
}

/** Parameters that nothing reads; what `as` names is read by people too, so it may stand alone. */
export function tellUnused(context: Context): void {
  for (const local of context.scope.names.values()) {
    if (context.gathered.used.has(local) || local.kind === 'tensor' || local.name.startsWith('_')) continue;
    tell(context, unusedName, { name: local.name, what: local.kind }, { span: local.span });
  }
}
