import type { Block, Box } from '../report/graph/picture.js';
import type { PlacedBox } from '../report/graph/placed.js';
import { writeSvg } from '../report/graph/write-svg.js';
import type { PageData } from '../report/graph/write-html.js';
import { xmlAttribute } from '../report/xml.js';

// The script of the page that `cnnc graph` writes: it stands in the page itself, between its data and its end.

const data = readData();
const boxes = new Map<number, Box>();
gather(data.picture.root);
let open: ReadonlySet<number> = new Set(data.open);

const main = element('picture');
const facts = element('facts');

draw();
element('controls').hidden = false;
element('open').addEventListener('click', () => {
  change(new Set(boxes.keys()));
});
element('fold').addEventListener('click', () => {
  change(new Set([data.picture.root.id]));
});
main.addEventListener('click', ({ target }) => {
  toggle(blockAt(target));
});
main.addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' && event.key !== ' ') return;
  const block = blockAt(event.target);
  if (block === undefined) return;
  event.preventDefault();
  toggle(block);
});
for (const kind of ['mouseover', 'focusin'] as const) {
  main.addEventListener(kind, ({ target }) => {
    const box = boxAt(target);
    if (box !== undefined) facts.textContent = box.facts.join('\n');
  });
}

/** The data of the page, written by the very program that wrote this script. */
function readData(): PageData {
  // eslint-disable-next-line @typescript-eslint/no-unsafe-assignment
  const parsed: PageData = JSON.parse(element('data').textContent);
  return parsed;
}

function gather(box: Box): void {
  boxes.set(box.id, box);
  if (box.kind === 'block') box.children.forEach(gather);
}

function isOpen(block: Block): boolean {
  return block.children.length > 0 && open.has(block.id);
}

function draw(): void {
  main.innerHTML = writeSvg(data.picture, isOpen, {
    ...data.drawing,
    markup: { role: 'group', attributesOf },
  });
}

/** A block is a button, where there is something to open; every other box tells its figures. */
function attributesOf({ box, isOpen: isShown }: PlacedBox): string {
  const id = `data-box="${String(box.id)}" tabindex="0"`;
  if (box.kind === 'layer' || box.children.length === 0)
    return ` ${id} role="img" aria-label="${xmlAttribute(box.facts.join(', '))}"`;
  const label = xmlAttribute([box.title, ...box.notes].join(', '));
  return ` ${id} data-block role="button" aria-expanded="${String(isShown)}" aria-label="${label}"`;
}

/** The block that was opened or folded stays where it is on the screen. */
function toggle(block: Block | undefined): void {
  if (block === undefined) return;
  const before = drawn(block)?.getBoundingClientRect().top ?? 0;
  const changed = new Set(open);
  if (!changed.delete(block.id)) changed.add(block.id);
  change(changed);
  const after = drawn(block);
  scrollBy(0, (after?.getBoundingClientRect().top ?? before) - before);
  after?.focus({ preventScroll: true });
}

function change(next: ReadonlySet<number>): void {
  open = next;
  draw();
}

function drawn(box: Box): SVGElement | undefined {
  return main.querySelector<SVGElement>(`[data-box="${String(box.id)}"]`) ?? undefined;
}

function boxAt(target: unknown): Box | undefined {
  const found = target instanceof Element ? target.closest('[data-box]') : undefined;
  return boxes.get(Number(found?.getAttribute('data-box') ?? Number.NaN));
}

function blockAt(target: unknown): Block | undefined {
  const box = boxAt(target);
  return box?.kind === 'block' && box.children.length > 0 ? box : undefined;
}

function element(id: string): HTMLElement {
  const found = document.getElementById(id) ?? undefined;
  if (found === undefined) throw new Error(`no ${id} in this page`);
  return found;
}
