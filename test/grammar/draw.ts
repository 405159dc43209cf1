import type { Ebnf, Form } from './ebnf.js';

/** Where a drawing's choices come from: numbers from 0 up to 1, and how deep rules may stand in each other. */
export interface Chance {
  readonly next: () => number;
  readonly depth: number;
}

/** Draws a sentence of a rule, as terminals. */
export function drawSentence(ebnf: Ebnf, rule: string, { next, depth }: Chance): readonly string[] {
  const costs = costsOf.get(ebnf) ?? cheapest(ebnf);
  costsOf.set(ebnf, costs);
  const sentence: string[] = [];

  function draw(form: Form, left: number): void {
    switch (form.kind) {
      case 'terminal':
        sentence.push(form.terminal);
        return;
      case 'rule': {
        const body = ebnf.get(form.name);
        if (body === undefined) throw new Error(`no rule ${form.name}`);
        draw(body, left - 1);
        return;
      }
      case 'sequence':
        for (const part of form.parts) draw(part, left);
        return;
      case 'choice': {
        const possible = form.parts.filter((part) => costOf(part, costs) <= left);
        const cheap = [...form.parts].sort((a, b) => costOf(a, costs) - costOf(b, costs)).slice(0, 1);
        const parts = possible.length > 0 ? possible : cheap;
        const part = parts[Math.floor(next() * parts.length)];
        if (part !== undefined) draw(part, left);
        return;
      }
      case 'optional':
        if (costOf(form.part, costs) <= left && next() < 0.4) draw(form.part, left);
        return;
      case 'repeated':
        for (let count = 0; count < 4 && costOf(form.part, costs) <= left && next() < 0.35; count += 1) {
          draw(form.part, left);
        }
    }
  }

  draw({ kind: 'rule', name: rule }, depth);
  return sentence;
}

const costsOf = new WeakMap<Ebnf, ReadonlyMap<string, number>>();

/** How deep the shallowest sentence of each rule is. */
function cheapest(ebnf: Ebnf): ReadonlyMap<string, number> {
  const costs = new Map<string, number>();
  for (let isChanged = true; isChanged;) {
    isChanged = false;
    for (const [name, form] of ebnf) {
      const cost = 1 + costOf(form, costs);
      if (cost < (costs.get(name) ?? Number.POSITIVE_INFINITY)) {
        costs.set(name, cost);
        isChanged = true;
      }
    }
  }
  return costs;
}

function costOf(form: Form, costs: ReadonlyMap<string, number>): number {
  switch (form.kind) {
    case 'terminal':
    case 'optional':
    case 'repeated':
      return 0;
    case 'rule':
      return costs.get(form.name) ?? Number.POSITIVE_INFINITY;
    case 'choice':
      return Math.min(...form.parts.map((part) => costOf(part, costs)));
    case 'sequence':
      return Math.max(0, ...form.parts.map((part) => costOf(part, costs)));
  }
}
