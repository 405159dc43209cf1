import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import { report } from '../../diagnostics/problem.js';
import type { Reference } from './context.js';
import { describeDeclaration, nameOf, type Declaration } from './declarations.js';
import { recursion } from './problems.js';

interface Visit {
  readonly declaration: Declaration;
  readonly references: readonly Reference[];
  next: number;
}

/** The order in which declarations stand on each other, and the circles that have none. */
export interface Dependencies {
  /** What refers to others stands behind them. */
  readonly order: readonly Declaration[];
  /** One message for each circle, at the place that closes it. */
  readonly cycles: readonly Diagnostic[];
}

/** Follows what declarations refer to, without recursion: a chain of constants may be as long as the file. */
export function orderDeclarations(
  declarations: Iterable<Declaration>,
  references: ReadonlyMap<Declaration, readonly Reference[]>,
): Dependencies {
  const cycles: Diagnostic[] = [];
  const done = new Set<Declaration>();
  for (const start of declarations) {
    if (!done.has(start)) searchFrom(start, references, done, cycles);
  }
  return { order: [...done], cycles };
}

function searchFrom(
  start: Declaration,
  references: ReadonlyMap<Declaration, readonly Reference[]>,
  done: Set<Declaration>,
  found: Diagnostic[],
): void {
  const visitOf = (declaration: Declaration): Visit => ({
    declaration,
    references: references.get(declaration) ?? [],
    next: 0,
  });
  const way: Visit[] = [visitOf(start)];
  const onWay = new Set<Declaration>([start]);
  for (let visit = way.at(-1); visit !== undefined; visit = way.at(-1)) {
    const reference = visit.references[visit.next++];
    if (reference === undefined) {
      done.add(visit.declaration);
      onWay.delete(visit.declaration);
      way.pop();
    } else if (onWay.has(reference.to)) {
      const turn = way.findIndex(({ declaration }) => declaration === reference.to);
      const cycle = [...way.slice(turn).map(({ declaration }) => nameOf(declaration)), nameOf(reference.to)];
      found.push(report(recursion, reference.span, { cycle, what: describeDeclaration(reference.to) }));
    } else if (!done.has(reference.to)) {
      way.push(visitOf(reference.to));
      onWay.add(reference.to);
    }
  }
}
