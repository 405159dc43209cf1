import { bytesOfType, isDType, type DType } from './analyse/bytes.js';
import {
  inferencePeak,
  weightBytesIn,
  type AliveTensor,
  type InferenceOptions,
  type MemoryRules,
  type Order,
} from './analyse/memory.js';
import { trainingMemory } from './analyse/training-memory.js';
import type { FigureSource } from './elaborate/shares.js';
import type { Graph } from './ir/graph.js';
import { slotsOf } from './training/slots.js';
import { add, compare, isWhole, type Exact } from './values/exact.js';
import { describeValue, isNumber } from './values/kinds.js';
import type { Value } from './values/value.js';

type Figure = ReturnType<FigureSource['value']>;
type Settings = ReadonlyMap<string, Value>;

/**
 * The memory of a model as assertions ask for it, in bytes: `memory.inference(dtype=float16, weights=true, order=best, inplace=false, fold=false, free=false)`,
 * `memory.training(batch=32, optimizer=adam, dtype=float32, recompute=false)`.
 */
export function memoryFigure(graph: Graph, part: string | undefined, settings: Settings): Figure {
  switch (part) {
    case 'inference':
      return inferenceFigure(graph, settings);
    case 'training':
      return trainingFigure(graph, settings);
    default:
      return unavailable(
        'memory is asked for as `memory.inference` or `memory.training(batch=…, optimizer=…)`',
      );
  }
}

/** The tensors that are there at the peak which `memoryFigure` gives, largest first; none for other figures. */
export function memoryShares(
  graph: Graph,
  part: string | undefined,
  settings: Settings,
): readonly AliveTensor[] {
  const read = part === 'inference' ? inferenceOptionsIn(settings) : undefined;
  return read === undefined || 'wrong' in read ? [] : inferencePeak(graph, read.right).alive;
}

function inferenceFigure(graph: Graph, settings: Settings): Figure {
  const read = inferenceOptionsIn(settings);
  if ('wrong' in read) return read.wrong;
  const { weights, ...options } = read.right;
  const peak = inferencePeak(graph, options).bytes;
  return weights ? add(peak, weightBytesIn(graph, options.dtype)) : peak;
}

function inferenceOptionsIn(settings: Settings): Read<
  Required<Pick<InferenceOptions, 'dtype' | 'order'>> & {
    readonly weights: boolean;
    readonly rules: MemoryRules;
  }
> {
  const known = ['dtype', 'weights', 'order', 'inplace', 'fold', 'free'];
  const surplus = surplusIn('memory.inference', settings, known);
  const dtype = dtypeIn(settings);
  const weights = booleanIn(settings, 'weights');
  const order = orderIn(settings);
  const rules = rulesIn(settings);
  const wrong = surplus ?? wrongOf(dtype) ?? wrongOf(weights) ?? wrongOf(order) ?? wrongOf(rules);
  if (wrong !== undefined) return { wrong };
  return {
    right: {
      dtype: rightOf(dtype),
      order: rightOf(order),
      weights: rightOf(weights),
      rules: rightOf(rules),
    },
  };
}

/** Each rule holds where nothing is said of it. */
function rulesIn(settings: Settings): Read<MemoryRules> {
  const inPlace = booleanIn(settings, 'inplace', true);
  const fold = booleanIn(settings, 'fold', true);
  const free = booleanIn(settings, 'free', true);
  const wrong = wrongOf(inPlace) ?? wrongOf(fold) ?? wrongOf(free);
  if (wrong !== undefined) return { wrong };
  return {
    right: {
      elementwiseInPlace: rightOf(inPlace),
      foldBatchNorm: rightOf(fold),
      freeAfterLastUse: rightOf(free),
    },
  };
}

function trainingFigure(graph: Graph, settings: Settings): Figure {
  const surplus = surplusIn('memory.training', settings, ['batch', 'optimizer', 'dtype', 'recompute']);
  const batch = batchIn(settings);
  const slots = slotsIn(settings);
  const dtype = dtypeIn(settings);
  const recompute = booleanIn(settings, 'recompute');
  const wrong = surplus ?? wrongOf(batch) ?? wrongOf(slots) ?? wrongOf(dtype) ?? wrongOf(recompute);
  if (wrong !== undefined) return wrong;
  const options = {
    batch: rightOf(batch),
    slots: rightOf(slots),
    dtype: rightOf(dtype),
    recompute: rightOf(recompute),
  };
  return trainingMemory(graph, options).total;
}

/** A setting that was read, or why it can't be. */
type Read<T> = { readonly right: T } | { readonly wrong: Unavailable };
type Unavailable = Extract<Figure, { readonly kind: 'unavailable' }>;

function unavailable(why: string): Unavailable {
  return { kind: 'unavailable', why };
}

function wrongOf(read: Read<unknown>): Unavailable | undefined {
  return 'wrong' in read ? read.wrong : undefined;
}

function rightOf<T>(read: Read<T>): T {
  if ('wrong' in read) throw new Error(read.wrong.why);
  return read.right;
}

function surplusIn(figure: string, settings: Settings, known: readonly string[]): Unavailable | undefined {
  const surplus = [...settings.keys()].find((name) => !known.includes(name));
  if (surplus === undefined) return undefined;
  const what = surplus === '' ? 'takes its settings by name' : `has no setting \`${surplus}\``;
  return unavailable(`\`${figure}\` ${what}: there are ${known.map((name) => `\`${name}\``).join(', ')}`);
}

function dtypeIn(settings: Settings): Read<DType> {
  const word = wordIn(settings, 'dtype', 'float32');
  if (word !== undefined && isDType(word)) return { right: word };
  return { wrong: expected('dtype', Object.keys(bytesOfType), settings) };
}

function orderIn(settings: Settings): Read<Order> {
  const word = wordIn(settings, 'order', 'source');
  if (word === 'source' || word === 'best') return { right: word };
  return { wrong: expected('order', ['source', 'best'], settings) };
}

function slotsIn(settings: Settings): Read<number> {
  const word = wordIn(settings, 'optimizer', '');
  const found = Object.entries(slotsOf).find(([name]) => name === word);
  return found === undefined
    ? { wrong: expected('optimizer', Object.keys(slotsOf), settings) }
    : { right: found[1] };
}

function batchIn(settings: Settings): Read<Exact> {
  const batch = settings.get('batch');
  const isCount =
    batch !== undefined && isNumber(batch) && isWhole(batch) === true && compare(batch, 0) === 1;
  if (isCount) return { right: batch };
  const got = batch === undefined ? '' : `, not ${describeValue(batch)}`;
  return { wrong: unavailable(`\`batch\` is a whole number of images${got}`) };
}

function booleanIn(settings: Settings, name: string, usual = false): Read<boolean> {
  const value = settings.get(name) ?? usual;
  if (typeof value === 'boolean') return { right: value };
  return { wrong: unavailable(`\`${name}\` is true or false, not ${describeValue(value)}`) };
}

function wordIn(settings: Settings, name: string, usual: string): string | undefined {
  const value = settings.get(name);
  if (value === undefined) return usual;
  return typeof value === 'object' && value.kind === 'word' ? value.text : undefined;
}

function expected(name: string, words: readonly string[], settings: Settings): Unavailable {
  const value = settings.get(name);
  const got = value === undefined ? '' : `, not ${describeValue(value)}`;
  return unavailable(`\`${name}\` is one of ${words.join(', ')}${got}`);
}
