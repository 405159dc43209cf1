/** A form of the grammar: what may stand at a place. */
export type Form =
  | { readonly kind: 'sequence'; readonly parts: readonly Form[] }
  | { readonly kind: 'choice'; readonly parts: readonly Form[] }
  | { readonly kind: 'optional'; readonly part: Form }
  | { readonly kind: 'repeated'; readonly part: Form }
  | { readonly kind: 'rule'; readonly name: string }
  | { readonly kind: 'terminal'; readonly terminal: string };

/** The rules of a grammar by their names; the first is what a file is. */
export type Ebnf = ReadonlyMap<string, Form>;

/** Reads a grammar in the notation of `grammar/cnn.ebnf`. */
export function readEbnf(text: string): Ebnf {
  const signs =
    text.replace(/\(\*[\s\S]*?\*\)/g, ' ').match(/"[^"]+"|'[^']+'|[A-Za-z][\w-]*|[=;|()[\]{}]/g) ?? [];
  const rules = new Map<string, Form>();
  let place = 0;
  const take = (expected?: string): string => {
    const sign = signs[place];
    if (sign === undefined || (expected !== undefined && sign !== expected)) {
      throw new Error(
        `expected ${expected ?? 'a sign'}, got ${sign ?? 'the end'} behind ${signs.slice(place - 5, place).join(' ')}`,
      );
    }
    place += 1;
    return sign;
  };
  const readChoice = (): Form => {
    const parts = [readSequence()];
    while (signs[place] === '|') {
      take();
      parts.push(readSequence());
    }
    const [only] = parts;
    return parts.length === 1 && only !== undefined ? only : { kind: 'choice', parts };
  };
  const readSequence = (): Form => {
    const parts: Form[] = [];
    while (!['|', ';', ')', ']', '}', undefined].includes(signs[place])) parts.push(readPart());
    return { kind: 'sequence', parts };
  };
  const readPart = (): Form => {
    const sign = take();
    if (sign === '(') return closed(readChoice(), ')');
    if (sign === '[') return { kind: 'optional', part: closed(readChoice(), ']') };
    if (sign === '{') return { kind: 'repeated', part: closed(readChoice(), '}') };
    const isTerminal = /^["'A-Z]/.test(sign);
    return isTerminal ? { kind: 'terminal', terminal: sign } : { kind: 'rule', name: sign };
  };
  const closed = (form: Form, close: string): Form => {
    take(close);
    return form;
  };
  while (place < signs.length) {
    const name = take();
    take('=');
    if (rules.has(name)) throw new Error(`${name} is there twice`);
    rules.set(name, readChoice());
    take(';');
  }
  return rules;
}

/** All rules and terminals that stand in a form. */
export function namesIn(form: Form): readonly string[] {
  switch (form.kind) {
    case 'sequence':
    case 'choice':
      return form.parts.flatMap(namesIn);
    case 'optional':
    case 'repeated':
      return namesIn(form.part);
    case 'rule':
      return [form.name];
    case 'terminal':
      return [form.terminal];
  }
}
