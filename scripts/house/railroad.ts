/** A rule of the grammar, as documents show it. */
export interface GrammarRule {
  readonly name: string;
  readonly body: Part;
}

/** A part of a rule. */
export type Part =
  | { readonly kind: 'sequence'; readonly parts: readonly Part[] }
  | { readonly kind: 'choice'; readonly parts: readonly Part[] }
  | { readonly kind: 'option' | 'repetition' | 'repetition-mandatory'; readonly part: Part }
  | { readonly kind: 'rule'; readonly name: string }
  /** A class of tokens, such as `number`. */
  | { readonly kind: 'class'; readonly name: string }
  /** A token by its text; `glued` to what stands before it, or not. */
  | { readonly kind: 'token'; readonly text: string; readonly glued: boolean };

/** A drawing with the line that runs through it: `up` and `down` are what lies above and below of that line. */
interface Drawing {
  readonly width: number;
  readonly up: number;
  readonly down: number;
  readonly svg: (x: number, y: number) => string;
}

const gap = 14;
const row = 12;
const letter = 7.4;
const half = 13;

/** A page with a railroad diagram of every rule; names of rules lead to their diagrams. */
export function railroadPage(rules: readonly GrammarRule[]): string {
  const diagrams = rules.map(({ name, body }) => `<h2 id="${name}">${name}</h2>\n${diagram(body)}`);
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>The grammar of .cnn</title>
<style>
  :root { color-scheme: light dark; --ink: #1f2933; --paper: #fff; --token: #dcefe3; --rule: #e4e9f7; --kind: #f6ecd4; }
  @media (prefers-color-scheme: dark) { :root { --ink: #dbe2ea; --paper: #15191e; --token: #1f3d2c; --rule: #26314f; --kind: #453a1e; } }
  body { font: 15px/1.5 system-ui, sans-serif; max-width: 72rem; margin: 2rem auto; padding: 0 1rem; color: var(--ink); background: var(--paper); }
  h2 { font-size: 1rem; margin: 1.6rem 0 .3rem; }
  figure { margin: 0; overflow-x: auto; }
  path { fill: none; stroke: var(--ink); stroke-width: 1.4; }
  rect { stroke: var(--ink); stroke-width: 1.2; }
  .token rect { fill: var(--token); } .rule rect { fill: var(--rule); } .class rect { fill: var(--kind); }
  text { font: 12.5px ui-monospace, monospace; fill: var(--ink); text-anchor: middle; }
</style>
<h1>The grammar of .cnn</h1>
<p>Drawn from the rules of the parser by <code>npm run generate</code>. <a href="cnn.ebnf">cnn.ebnf</a> is the grammar as text,
and says what the classes (<em>name</em>, <em>number</em>, …) are made of. A token with ~ is glued to what stands before it.</p>
${diagrams.join('\n')}
</html>
`;
}

function diagram(body: Part): string {
  const drawing = draw(body);
  const width = drawing.width + 4 * gap;
  const height = drawing.up + drawing.down + 2 * row;
  const y = drawing.up + row;
  const ends = `${line(gap, y, 2 * gap)}${line(2 * gap + drawing.width, y, width - gap)}`;
  const stops = `<path d="M${round(gap)} ${round(y - 6)}v12M${round(width - gap)} ${round(y - 6)}v12"/>`;
  return `<figure><svg width="${round(width)}" height="${round(height)}" role="img">${stops}${ends}${drawing.svg(2 * gap, y)}</svg></figure>`;
}

function draw(one: Part): Drawing {
  switch (one.kind) {
    case 'token':
      return box(`${one.glued ? '~' : ''}${one.text}`, 'token');
    case 'class':
      return box(one.name, 'class');
    case 'rule':
      return box(one.name, 'rule');
    case 'sequence':
      return inSequence(one.parts.map(draw));
    case 'choice':
      return inChoice(one.parts.map(draw));
    case 'option':
      return inChoice([straight, draw(one.part)]);
    case 'repetition':
      return inChoice([straight, looped(draw(one.part))]);
    case 'repetition-mandatory':
      return looped(draw(one.part));
  }
}

const straight: Drawing = { width: gap, up: 2, down: 2, svg: (x, y) => line(x, y, x + gap) };

function box(text: string, kind: 'token' | 'rule' | 'class'): Drawing {
  const width = text.length * letter + 2 * gap;
  return {
    width,
    up: half,
    down: half,
    svg: (x, y) => {
      const corner = kind === 'rule' ? 2 : half;
      const shape = `<rect x="${round(x)}" y="${round(y - half)}" width="${round(width)}" height="${round(2 * half)}" rx="${String(corner)}"/>`;
      const label = `<text x="${round(x + width / 2)}" y="${round(y + 4.5)}">${escaped(text)}</text>`;
      const group = `<g class="${kind}">${shape}${label}</g>`;
      return kind === 'rule' ? `<a href="#${text}">${group}</a>` : group;
    },
  };
}

function inSequence(parts: readonly Drawing[]): Drawing {
  const width = parts.reduce((total, part) => total + part.width, 0) + gap * Math.max(0, parts.length - 1);
  return {
    width,
    up: Math.max(0, ...parts.map(({ up }) => up)),
    down: Math.max(0, ...parts.map(({ down }) => down)),
    svg: (x, y) => {
      let at = x;
      return parts
        .map((part, place) => {
          const joint = place === 0 ? '' : line(at - gap, y, at);
          const drawn = part.svg(at, y);
          at += part.width + gap;
          return joint + drawn;
        })
        .join('');
    },
  };
}

/** The first way runs on the line, the others below it. */
function inChoice(parts: readonly Drawing[]): Drawing {
  const [first, ...others] = parts;
  if (first === undefined) throw new Error('a choice of nothing');
  const inner = Math.max(...parts.map(({ width }) => width));
  const width = inner + 4 * gap;
  const depths: number[] = [];
  let depth = first.down;
  for (const { up, down } of others) {
    depth += row + up;
    depths.push(depth);
    depth += down;
  }
  return {
    width,
    up: first.up,
    down: depth,
    svg: (x, y) => {
      const start = x + 2 * gap;
      const end = x + width;
      const main = `${line(x, y, start)}${first.svg(start, y)}${line(start + first.width, y, end)}`;
      const below = others.map((part, place) => {
        const level = y + (depths[place] ?? 0);
        const into = `<path d="M${round(x)} ${round(y)}q${round(gap)} 0 ${round(gap)} ${round(gap)}V${round(level - gap)}q0 ${round(gap)} ${round(gap)} ${round(gap)}"/>`;
        const out = `<path d="M${round(end - 2 * gap)} ${round(level)}q${round(gap)} 0 ${round(gap)} ${round(-gap)}V${round(y + gap)}q0 ${round(-gap)} ${round(gap)} ${round(-gap)}"/>`;
        return `${into}${part.svg(start, level)}${line(start + part.width, level, end - 2 * gap)}${out}`;
      });
      return main + below.join('');
    },
  };
}

/** A way back above the line. */
function looped(part: Drawing): Drawing {
  const width = part.width + 4 * gap;
  const lift = part.up + row;
  return {
    width,
    up: lift + 2,
    down: part.down,
    svg: (x, y) => {
      const start = x + 2 * gap;
      const end = start + part.width;
      const back = `<path d="M${round(end)} ${round(y)}q${round(gap)} 0 ${round(gap)} ${round(-gap)}V${round(y - lift + gap)}q0 ${round(-gap)} ${round(-gap)} ${round(-gap)}H${round(start)}q${round(-gap)} 0 ${round(-gap)} ${round(gap)}V${round(y - gap)}q0 ${round(gap)} ${round(gap)} ${round(gap)}"/>`;
      return `${line(x, y, start)}${part.svg(start, y)}${line(end, y, x + width)}${back}`;
    },
  };
}

function line(from: number, y: number, to: number): string {
  return from === to ? '' : `<path d="M${round(from)} ${round(y)}H${round(to)}"/>`;
}

function round(value: number): string {
  return String(Math.round(value * 10) / 10);
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
