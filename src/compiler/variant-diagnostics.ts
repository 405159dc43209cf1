import type { Diagnostic } from '../diagnostics/diagnostic.js';
import type { Span } from '../diagnostics/source.js';
import { budgetProblems } from './budget-problems.js';

/** A variant as messages name it, and where the file lists it. */
interface Listed {
  readonly variant: string;
  readonly place: Span;
}

/**
 * One message for what is wrong in several variants of a model, which names the first of them and counts the others. What
 * is wrong with the model as it is written has been said.
 */
export function diagnosticsOfVariants<Variant extends Listed>(
  said: readonly Diagnostic[],
  variants: readonly Variant[],
  foundIn: (variant: Variant) => readonly Diagnostic[],
): readonly Diagnostic[] {
  const known = new Set(said.map(keyOf));
  const groups = new Map<string, { readonly first: Diagnostic; readonly in: Listed; others: number }>();
  for (const variant of variants) {
    const own = new Set<string>();
    for (const found of foundIn(variant)) {
      const key = keyOf(found);
      if (known.has(key) || own.has(key)) continue;
      own.add(key);
      const group = groups.get(key);
      if (group === undefined) groups.set(key, { first: found, in: variant, others: 0 });
      else group.others += 1;
    }
  }
  return [...groups.values()].map(({ first, in: { variant, place }, others }) => {
    const more = others === 0 ? '' : ` and ${String(others)} more`;
    return {
      ...first,
      message: `${first.message}, in the variant \`${variant}\`${more}`,
      related:
        first.span === place ? first.related : [...first.related, { span: place, label: 'the variants' }],
    };
  });
}

/** A budget is told at the name of the model, so that its own place tells it from the others. */
function keyOf({ code, span, related }: Diagnostic): string {
  const isOfBudget = budgetProblems.some((problem) => problem.code === code);
  const place = (isOfBudget ? related[0]?.span : undefined) ?? span;
  return JSON.stringify([code, place.source.name, place.start, place.end]);
}
