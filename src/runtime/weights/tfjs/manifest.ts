import { succeed, type Outcome } from '../../outcome.js';
import { bytesOfShape } from '../array-checks.js';
import {
  isObject,
  itemsOf,
  readJson,
  repeatedName,
  wholeNumbersOf,
  type JsonObject,
  type JsonValue,
} from '../json-text.js';
import { bytesOf, type NumberType } from '../number-types.js';
import { decodeUtf8 } from '../text-bytes.js';
import { refuseWeights, showText } from '../weight-file.js';

/** What a `model.json` or a manifest of weights says of its weights. */
export interface TfjsManifest {
  /** `tfjs layers-model`, for people. */
  readonly format: string;
  readonly groups: readonly TfjsGroup[];
  readonly metadata: ReadonlyMap<string, string>;
}

/** Arrays that lie one behind the other in files that are one behind the other. */
export interface TfjsGroup {
  /** Names of files in the manifest's own folder. */
  readonly paths: readonly string[];
  readonly arrays: readonly TfjsArray[];
  /** How many bytes the arrays take together. */
  readonly bytes: number;
}

/** One array of a group. */
export interface TfjsArray {
  readonly name: string;
  readonly shape: readonly number[];
  readonly type: NumberType;
  readonly bytes: number;
  /** Where its numbers are stored as others: value · scale + min, rounded where they are whole. */
  readonly quantisation: Quantisation | undefined;
}

/** How numbers were made smaller. */
export interface Quantisation {
  readonly type: NumberType;
  readonly scale: number;
  readonly min: number;
  /** Whether the array holds whole numbers. */
  readonly isWhole: boolean;
}

/** No manifest is longer; a topology of a hundred thousand layers fits in. */
const maximumBytes = 64 * 2 ** 20;

/** No group of weights is larger: an array of bytes holds no more everywhere. */
const maximumGroup = 2n ** 31n - 1n;

/** How deep a manifest goes: the whole, groups, a group, its arrays, one of them, its quantisation. */
const manifestDepth = 8;

/** Parts of a `model.json` that say nothing of the weights, and go deep. */
const skipped = [
  'modelTopology',
  'signature',
  'userDefinedMetadata',
  'trainingConfig',
  'modelInitializer',
  'initializerSignature',
];

/** Reads a `model.json` or a manifest of weights strictly: plain names of files, each array and each file once. */
export function readTfjsManifest(bytes: Uint8Array): Outcome<TfjsManifest> {
  if (bytes.length > maximumBytes)
    return refuseWeights(`the manifest is too long: limit ${maximumBytes} bytes, got ${bytes.length}`);
  const text = decodeUtf8(bytes);
  if (text === undefined) return refuseWeights('the manifest is not UTF-8');
  const json = readJson(text, { maximumDepth: manifestDepth, skipped });
  if (!json.ok) return refuseWeights(`the manifest is broken at character ${String(json.at)}: ${json.why}`);
  const parts = partsOf(json.value);
  if (typeof parts === 'string') return refuseWeights(parts);
  const groups: TfjsGroup[] = [];
  const names = new Set<string>();
  const paths = new Set<string>();
  for (const [place, item] of parts.groups.entries()) {
    const group = readGroup(item);
    if (typeof group === 'string') return refuseWeights(`group ${String(place + 1)} of the weights ${group}`);
    for (const { name } of group.arrays) {
      if (names.has(name)) return refuseWeights(`the array ${showText(name)} stands twice in the manifest`);
      names.add(name);
    }
    for (const path of group.paths) {
      if (paths.has(path)) return refuseWeights(`the file ${showText(path)} stands twice in the manifest`);
      paths.add(path);
    }
    groups.push(group);
  }
  return succeed({ format: parts.format, groups, metadata: parts.metadata });
}

interface Parts {
  readonly format: string;
  readonly groups: readonly JsonValue[];
  readonly metadata: ReadonlyMap<string, string>;
}

/** The groups of weights: in a `model.json`, or alone as older converters write them. */
function partsOf(value: JsonValue): Parts | string {
  const alone = itemsOf(value);
  if (alone !== undefined) return { format: 'tfjs weights manifest', groups: alone, metadata: new Map() };
  if (!isObject(value)) return 'the manifest is neither an object nor a list';
  const twice = repeatedName(value.fields);
  if (twice !== undefined) return `the manifest has the field ${showText(twice)} twice`;
  const fields = new Map(value.fields.map((field) => [field.name, field.value]));
  const groups = itemsOf(fields.get('weightsManifest'));
  if (groups === undefined) return 'the manifest has no list `weightsManifest`';
  const metadata = new Map(
    ['format', 'generatedBy', 'convertedBy'].flatMap((name) => {
      const text = fields.get(name);
      return typeof text === 'string' ? [[name, text] as const] : [];
    }),
  );
  return { format: `tfjs ${metadata.get('format') ?? 'model'}`, groups, metadata };
}

function readGroup(value: JsonValue): TfjsGroup | string {
  const fields = fieldsOf(value, ['paths', 'weights']);
  if (typeof fields === 'string') return fields;
  const paths = itemsOf(fields.get('paths'))?.map((path) => (typeof path === 'string' ? path : ''));
  if (paths === undefined) return 'has no list `paths`';
  const foreign = paths.find((path) => !isPlainName(path));
  if (foreign !== undefined)
    return `names the file ${showText(foreign)}, which is no plain name of a file in the manifest's folder`;
  const items = itemsOf(fields.get('weights'));
  if (items === undefined) return 'has no list `weights`';
  const arrays: TfjsArray[] = [];
  let total = 0n;
  for (const item of items) {
    const array = readArray(item);
    if (typeof array === 'string') return array;
    arrays.push(array);
    total += BigInt(array.bytes);
    if (total > maximumGroup) return `takes more than ${String(maximumGroup)} bytes`;
  }
  return { paths, arrays, bytes: Number(total) };
}

/** A name that leads nowhere else, on any system. */
function isPlainName(path: string): boolean {
  return /^[^/\\:\p{Cc}]+$/u.test(path) && !/^\.+$/.test(path);
}

const types: ReadonlyMap<string, NumberType> = new Map([
  ['float32', 'float32'],
  ['float16', 'float16'],
  ['int32', 'int32'],
  ['uint16', 'uint16'],
  ['uint8', 'uint8'],
  ['bool', 'bool'],
]);

function readArray(value: JsonValue): TfjsArray | string {
  const fields = fieldsOf(value, ['name', 'shape', 'dtype', 'quantization', 'group']);
  if (typeof fields === 'string') return `has an array that ${fields}`;
  const name = fields.get('name');
  if (typeof name !== 'string') return 'has an array without a `name`';
  const shown = showText(name);
  const written = fields.get('dtype');
  if (typeof written !== 'string') return `has no \`dtype\` of ${shown}`;
  const plain = types.get(written);
  if (plain === undefined) return `holds ${showText(written)} in ${shown}, which isn't read`;
  const shape = wholeNumbersOf(fields.get('shape'));
  if (shape === undefined) return `has no \`shape\` of whole numbers of ${shown}`;
  if (shape.length > 8) return `has ${String(shape.length)} sizes of ${shown}, more than 8`;
  const quantisation = readQuantisation(fields.get('quantization'), plain === 'int32');
  if (typeof quantisation === 'string') return `has a quantization of ${shown} ${quantisation}`;
  const type = quantisation?.type ?? plain;
  const bytes = bytesOfShape(shape, bytesOf[type]);
  if (bytes > maximumGroup)
    return `has ${shown} of ${showText(shape.join('×'))}, which takes ${String(bytes)} bytes`;
  return { name, shape, type, bytes: Number(bytes), quantisation };
}

/** As TensorFlow.js writes it: bytes or pairs of bytes between two bounds, or halves of float32. */
function readQuantisation(value: JsonValue, isWhole: boolean): Quantisation | undefined | string {
  if (value === undefined) return undefined;
  const fields = fieldsOf(value, ['dtype', 'scale', 'min', 'original_dtype']);
  if (typeof fields === 'string') return `that ${fields}`;
  const written = fields.get('dtype');
  if (written === 'float16') return { type: 'float16', scale: 1, min: 0, isWhole: false };
  if (written !== 'uint8' && written !== 'uint16') return 'whose `dtype` is not uint8, uint16 or float16';
  const [scale, min] = [fields.get('scale'), fields.get('min')];
  if (typeof scale !== 'number' || typeof min !== 'number') return 'without numbers `scale` and `min`';
  return { type: written, scale, min, isWhole };
}

/** The fields of an object that has no others and none twice; or what is wrong, behind a noun. */
function fieldsOf(value: JsonValue, known: readonly string[]): ReadonlyMap<string, JsonValue> | string {
  if (!isObject(value)) return 'is no object';
  return foreignField(value, known) ?? new Map(value.fields.map((field) => [field.name, field.value]));
}

function foreignField({ fields }: JsonObject, known: readonly string[]): string | undefined {
  const twice = repeatedName(fields);
  if (twice !== undefined) return `has the field ${showText(twice)} twice`;
  const foreign = fields.find(({ name }) => !known.includes(name));
  return foreign === undefined
    ? undefined
    : `has a field ${showText(foreign.name)} that the format doesn't know`;
}
