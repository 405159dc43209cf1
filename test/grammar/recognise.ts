import type { Ebnf, Form } from './ebnf.js';

/**
 * True if a sequence of tokens is a sentence of a rule. A token is the set of the terminals that it may be, `NEGATIVE` a
 * terminal of two tokens. Every form is asked once at every place for all places where it can end, so that a grammar
 * with several readings is no matter; only left recursion would be.
 */
export function isSentence(ebnf: Ebnf, rule: string, tokens: readonly ReadonlySet<string>[]): boolean {
  const known = new Map<Form, Map<number, ReadonlySet<number>>>();

  function endsOf(form: Form, start: number): ReadonlySet<number> {
    const places = known.get(form) ?? new Map<number, ReadonlySet<number>>();
    known.set(form, places);
    const before = places.get(start);
    if (before !== undefined) return before;
    const ends = compute(form, start);
    places.set(start, ends);
    return ends;
  }

  function compute(form: Form, start: number): ReadonlySet<number> {
    switch (form.kind) {
      case 'terminal':
        if (form.terminal === 'NEGATIVE') {
          const isNegative =
            tokens[start]?.has('NEGATIVE') === true && tokens[start + 1]?.has('NUMBER') === true;
          return new Set(isNegative ? [start + 2] : []);
        }
        return new Set(tokens[start]?.has(form.terminal) === true ? [start + 1] : []);
      case 'rule': {
        const body = ebnf.get(form.name);
        if (body === undefined) throw new Error(`no rule ${form.name}`);
        return endsOf(body, start);
      }
      case 'choice':
        return new Set(form.parts.flatMap((part) => [...endsOf(part, start)]));
      case 'sequence':
        return form.parts.reduce<ReadonlySet<number>>(
          (starts, part) => new Set([...starts].flatMap((place) => [...endsOf(part, place)])),
          new Set([start]),
        );
      case 'optional':
        return new Set([start, ...endsOf(form.part, start)]);
      case 'repeated': {
        const ends = new Set([start]);
        // A set goes on to what is added while it is gone through.
        for (const place of ends) for (const end of endsOf(form.part, place)) ends.add(end);
        return ends;
      }
    }
  }

  return endsOf({ kind: 'rule', name: rule }, 0).has(tokens.length);
}
