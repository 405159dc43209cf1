import type { About } from './about.js';
import { literal } from './escape.js';
import type { End } from './signature.js';

/** The types of a folder's module: what this very model takes, gives and tells apart. */
export function typesText({ facts, signature }: About): string {
  const { classifier, model } = facts;
  const image = classifier === undefined ? '' : imageTypes(classifier.classes);
  const members = classifier === undefined ? '' : classifierMembers;
  return `${classifier === undefined ? '' : '/// <reference lib="dom" />\n\n'}/** Values in row-major order. */
export interface Tensor {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** What the model takes; the first size is how many there are. */
export interface Inputs {
${signature.inputs.map(endText).join('')}}

/** What the model gives; the first size is how many there are. */
export interface Outputs {
${signature.outputs.map(endText).join('')}}
${image}
/** A model that is ready to run. */
export interface Model {
  readonly name: ${literal(model)};
  /** What computes. */
  readonly engine: 'wasm' | 'cpu';
${members}  /** Runs the network itself: nothing is done to what it is given. */
  run(inputs: Inputs): Promise<Outputs>;
  /** Frees the memory of the weights. */
  dispose(): void;
}

/** How a model is loaded. */
export interface LoadOptions {
  /** The folder of \`model.json\`, with a slash at its end; by default that of this module. */
  readonly from?: string | URL;
  /** What computes: WebAssembly where it runs, else plain JavaScript. */
  readonly engine?: 'auto' | 'wasm' | 'cpu';
}

/** Loads the model; each call loads it anew. */
export function load(options?: LoadOptions): Promise<Model>;
${classifier === undefined ? '' : predictFunction}`;
}

function endText({ name, shape }: End): string {
  const sizes = shape.map((size, place) => sizeText(size, place)).join(' × ');
  return `  /** ${sizes}. */\n  readonly ${keyText(name)}: Tensor;\n`;
}

function keyText(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : literal(name);
}

function sizeText(size: number, place: number): string {
  if (size !== -1) return String(size);
  return place === 0 ? 'count' : 'any';
}

function imageTypes(classes: readonly string[]): string {
  const names = [...new Set(classes)].map((name) => `\n  | ${literal(name)}`).join('');
  return `
/** The classes that the model tells apart. */
export type ClassName =${names};

/** Pixels from left to right and from top to bottom, each red, green, blue and opacity from 0 to 255. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray | Uint8Array;
}

/** An image: pixels anywhere; in a browser also what can be drawn on a canvas, or the bytes of an image file. */
export type Image =
  | Pixels
  | Blob
  | HTMLImageElement
  | HTMLVideoElement
  | HTMLCanvasElement
  | ImageBitmap
  | OffscreenCanvas;

/** A class, and the share that the model gives it. */
export interface Guess {
  readonly name: ClassName;
  readonly share: number;
}

/** An image as the model sees it, before its values are scaled. */
export interface Prepared extends Pixels {
  /** What was done to the image, in words. */
  readonly note: string;
}

/** What a prediction may be told. */
export interface PredictOptions {
  /** How many of the likeliest classes to give; all where nothing is said. */
  readonly top?: number;
}
`;
}

const classifierMembers = `  /** In the order of the output's values. */
  readonly classes: readonly ClassName[];
  /** The classes of an image, the likeliest first. */
  predict(image: Image, options?: PredictOptions): Promise<readonly Guess[]>;
  /** What the model sees of an image. */
  prepare(image: Image): Promise<Prepared>;
`;

const predictFunction = `
/** The classes of an image, the likeliest first; the model is loaded once. */
export function predict(image: Image, options?: PredictOptions): Promise<readonly Guess[]>;
`;
