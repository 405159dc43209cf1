import { between, type Tally } from '../../compiler/analyse/figures.js';
import { nodeAt, type Graph, type Origin } from '../../compiler/ir/graph.js';
import { shapeText } from '../../compiler/ops/shape.js';
import { argumentsText } from '../../compiler/ir/print.js';
import { divide, isOpen, toGrouped, toNumber, type Exact } from '../../compiler/values/exact.js';
import { escapeForTerminal } from '../../diagnostics/escape.js';
import { positionOf, textOf } from '../../diagnostics/source.js';
import { shorten } from '../columns.js';
import { countText, shareText } from '../quantities.js';
import type { Summary } from '../summary.js';
import { draftOf, type Draft, type Item } from './draft.js';
import { layerNotes, layerTitle } from './layer-title.js';
import type { Block, Box, Link, Picture } from './picture.js';
import { withRepeats, type Run } from './repeats.js';
import { unitsOf, type Unit } from './units.js';

/** What is drawn of a model. */
export interface Choices {
  /** True where equal boxes in a row are drawn one by one, else they are one. */
  readonly unfold: boolean;
}

/** The picture of a model, every block with what is in it. */
export function makePicture(summary: Summary, { unfold }: Choices = { unfold: false }): Picture {
  const { graph, figures, training, total } = summary;
  const outputs = graph.outputs.filter((output) => training || !output.training);
  const making: Making = {
    summary,
    unfold,
    draft: draftOf(graph, unitsOf(graph, figures), outputs),
    kinds: new Map(),
  };
  const title = titleOf(graph);
  const { children, links } = insideOf(making, 0);
  const range = { first: 0, end: graph.nodes.length };
  const origin = graph.scopes[0]?.origin;
  const root: Block = {
    kind: 'block',
    id: -1,
    title,
    notes: [],
    times: 1,
    share: shareOf(total.macs, total.macs),
    facts: [title, ...figureLines(summary, range), ...(origin === undefined ? [] : [placeText(origin)])],
    children,
    links,
  };
  const description = `${title}: ${toGrouped(total.params)} parameters, ${toGrouped(total.macs)} multiply-accumulates`;
  return { title, description, hasShares: !isOpen(total.macs) && total.macs !== 0, root };
}

interface Making extends Choices {
  readonly summary: Summary;
  readonly draft: Draft;
  /** A number for each kind of box, by what tells it from others. */
  readonly kinds: Map<string, number>;
}

/** A box, what kind it is, and the nodes that it stands for. */
interface Made extends Range {
  readonly box: Box;
  readonly kind: number;
}

interface Range {
  readonly first: number;
  /** One behind the last node. */
  readonly end: number;
}

function insideOf(making: Making, scope: number): { children: Box[]; links: readonly Link[]; kind: string } {
  const made = new Map<number, Made>();
  for (const item of making.draft.items[scope] ?? []) made.set(item.id, makeBox(making, item));
  const ids = [...made.keys()];
  const kindOf = (id: number): number => made.get(id)?.kind ?? -1;
  const all = making.draft.links[scope] ?? [];
  const { runs, links } = making.unfold ? oneByOne(ids, all) : withRepeats(ids, all, kindOf);
  const children = runs.flatMap((run) => boxOfRun(making, made, run));
  return { children, links, kind: kindText(runs, links, kindOf) };
}

function oneByOne(
  ids: readonly number[],
  links: readonly Link[],
): { readonly runs: readonly Run[]; readonly links: readonly Link[] } {
  return { runs: ids.map((id) => ({ first: id, last: id, times: 1 })), links };
}

/** What tells the inside of one block from that of another. */
function kindText(runs: readonly Run[], links: readonly Link[], kindOf: (id: number) => number): string {
  const places = new Map<Link['from'] | Link['to'], number>(runs.map(({ first }, place) => [first, place]));
  const boxes = runs.map(({ first, times }) => `${String(kindOf(first))}*${String(times)}`);
  const ways = links.map(
    ({ from, to, shape }) => `${String(places.get(from) ?? from)}>${String(places.get(to) ?? to)}:${shape}`,
  );
  return `${boxes.join(' ')} | ${ways.join(' ')}`;
}

function boxOfRun({ summary }: Making, made: ReadonlyMap<number, Made>, { first, last, times }: Run): Box[] {
  const [one, other] = [made.get(first), made.get(last)];
  if (one === undefined || other === undefined) return [];
  if (times === 1) return [one.box];
  const range = { first: one.first, end: other.end };
  const [path = '', written = ''] = one.box.facts;
  const facts = [
    `${path} … ${other.box.facts[0] ?? ''}: ${String(times)} in a row`,
    written,
    ...figureLines(summary, range),
    ...one.box.facts.slice(-1),
  ];
  return [{ ...one.box, times, share: shareOfRange(summary, range), facts }];
}

function makeBox(making: Making, item: Item): Made {
  switch (item.kind) {
    case 'unit':
      return layerBox(making, item.id, item.unit);
    case 'call':
      return blockBox(making, item.id, item.scope);
    case 'output':
      return outputBox(making, item);
  }
}

function layerBox(making: Making, id: number, { head, nodes }: Unit): Made {
  const { summary } = making;
  const { graph } = summary;
  const range = { first: head.id, end: head.id + nodes.length };
  const followers = nodes.slice(1).map((node) => layerTitle(node));
  const shared = head.sharesWith === undefined ? [] : [`weights of ${nodeAt(graph, head.sharesWith).path}`];
  const isInput = head.kind === 'input';
  const notes = [...layerNotes(head), ...(followers.length === 0 ? [] : [followers.join(' · ')]), ...shared];
  const shapes = [...head.inputs, range.end - 1].map((node) => shapeText(nodeAt(graph, node).shape));
  const kind = nodes.map((node) => `${node.kind} ${argumentsText(node)} ${String(node.sharesWith ?? '')}`);
  return {
    ...range,
    kind: numberOf(making, [...kind, ...shapes].join('|')),
    box: {
      kind: 'layer',
      role: isInput ? 'input' : 'layer',
      id,
      title: visible(isInput ? head.path : layerTitle(head)),
      notes: notes.map((note) => visible(note)),
      times: 1,
      share: shareOfRange(summary, range),
      facts: [
        visible(head.path, 200),
        visible(textOf(head.origin.span), 200),
        ...figureLines(summary, range),
        placeText(head.origin),
      ],
    },
  };
}

function blockBox(making: Making, id: number, index: number): Made {
  const { summary } = making;
  const scope = summary.graph.scopes[index];
  if (scope === undefined) throw new Error(`no scope ${String(index)} in ${summary.graph.name}`);
  const { path, text, first, end, origin } = scope;
  const { children, links, kind } = insideOf(making, index);
  const [name = text, args = ''] = apart(text);
  return {
    first,
    end,
    kind: numberOf(making, `${text}|${kind}`),
    box: {
      kind: 'block',
      id,
      title: visible(name),
      notes: wrapped(visible(args, 96)),
      times: 1,
      share: shareOfRange(summary, { first, end }),
      facts: [
        visible(path, 200),
        visible(text, 200),
        ...figureLines(summary, { first, end }),
        placeText(origin),
      ],
      children,
      links,
    },
  };
}

function outputBox(making: Making, { id, output }: Item & { readonly kind: 'output' }): Made {
  const node = nodeAt(making.summary.graph, output.node);
  const name = visible(output.name);
  const weight = output.weight === 1 ? [] : [`weight ${String(output.weight)}`];
  return {
    first: node.id,
    end: node.id,
    kind: numberOf(making, `output ${String(id)}`),
    box: {
      kind: 'layer',
      role: 'output',
      id,
      title: name,
      notes: output.training ? [['in training only', ...weight].join(', ')] : [],
      times: 1,
      share: 0,
      facts: [name, `the output of ${visible(node.path, 200)}`],
    },
  };
}

function figureLines({ figures, total }: Summary, { first, end }: Range): readonly string[] {
  const tally = between(figures, first, end);
  const line = (figure: 'params' | 'macs'): string => {
    const share = shareText(tally[figure], total[figure]);
    return `${figure} ${countText(tally[figure])}${share === '–' ? '' : `, ${share}`}`;
  };
  return [line('params'), line('macs')];
}

function shareOfRange({ figures, total }: Summary, { first, end }: Range): number {
  const tally: Tally = between(figures, first, end);
  return shareOf(tally.macs, total.macs);
}

function shareOf(part: Exact, whole: Exact): number {
  const ratio = divide(part, whole);
  return ratio === undefined || isOpen(ratio) ? 0 : toNumber(ratio);
}

function titleOf(graph: Graph): string {
  const parameters = graph.parameters.map(({ name, text }) => `${name} = ${text}`).join(', ');
  return visible(parameters === '' ? graph.name : `${graph.name}<${parameters}>`, 80);
}

function placeText({ span }: Origin): string {
  return `${visible(span.source.name, 200)}:${String(positionOf(span.source, span.start).line)}`;
}

function numberOf({ kinds }: Making, text: string): number {
  const known = kinds.get(text) ?? kinds.size;
  kinds.set(text, known);
  return known;
}

/** `residual<64, stride=1>` as its name and what stands between the angles. */
function apart(text: string): readonly string[] {
  return /^([^<]*)<([^]*)>$/.exec(text)?.slice(1) ?? [text];
}

/** Arguments on lines of about 30 characters, broken behind commas. */
function wrapped(text: string): readonly string[] {
  const lines: string[] = [];
  for (const part of text.split(/(?<=,) /)) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + part.length < 30) lines[lines.length - 1] = `${line} ${part}`;
    else if (part !== '') lines.push(part);
  }
  return lines.map((line) => shorten(line, 40));
}

/** A text of the user's on one line, with what can't be seen spelled out. */
function visible(text: string, width = 40): string {
  return shorten(escapeForTerminal(text.replace(/\s+/g, ' ').trim()), width);
}
