import type { Guess } from '../runtime/training/likeliest.js';
import { load } from './index.js';
import type { Model } from './model.js';
import type { Pixels } from './pixels.js';

// The page of a folder: loads the model, takes pictures, and shows what the model says.

/** How many classes are shown. */
const shown = 10;

const state = element('state', HTMLElement);
const file = element('file', HTMLInputElement);
const drop = element('drop', HTMLElement);

say('Loading the model …');
try {
  const model = await load();
  if (model.classes.length === 0) say('This model doesn’t tell classes of images apart: see README.md.');
  else begin(model);
} catch (error) {
  say(`The model could not be loaded: ${reasonOf(error)}`);
}

function begin(model: Model): void {
  say(`Ready: computes with ${model.engine === 'wasm' ? 'WebAssembly' : 'plain JavaScript'}.`);
  file.disabled = false;
  const take = (pictures: Iterable<Blob>): void => {
    const [picture] = pictures;
    if (picture !== undefined) void show(model, picture);
  };
  file.addEventListener('change', () => {
    take(file.files ?? []);
    // The same file chosen again is a change, too.
    file.value = '';
  });
  document.addEventListener('paste', (event) => {
    take(event.clipboardData?.files ?? []);
  });
  // Anywhere on the page: a picture that misses the place would otherwise be opened instead of the page.
  document.addEventListener('dragover', (event) => {
    event.preventDefault();
    drop.classList.add('over');
  });
  document.addEventListener('dragleave', (event) => {
    if (event.relatedTarget === null) drop.classList.remove('over');
  });
  document.addEventListener('drop', (event) => {
    event.preventDefault();
    drop.classList.remove('over');
    take(event.dataTransfer?.files ?? []);
  });
}

/** The number of the picture that was given last: what an earlier one gives later is not shown. */
let latest = 0;

async function show(model: Model, picture: Blob): Promise<void> {
  latest += 1;
  const own = latest;
  say('Looking …');
  try {
    const bitmap = await createImageBitmap(picture);
    const [seen, guesses] = await Promise.all([model.prepare(picture), model.predict(picture)]);
    if (own !== latest) return;
    const given = element('given', HTMLCanvasElement);
    sized(given, bitmap).drawImage(bitmap, 0, 0);
    element('given-text', HTMLElement).textContent =
      `given: ${String(bitmap.width)}×${String(bitmap.height)}`;
    drawPixels(seen);
    element('seen-text', HTMLElement).textContent = `seen: ${seen.note}`;
    element('classes', HTMLElement).replaceChildren(...guesses.slice(0, shown).map(rowOf));
    element('result', HTMLElement).hidden = false;
    say(`It is most like ${guesses[0]?.name ?? ''}.`);
  } catch (error) {
    if (own === latest) say(`This picture can’t be read: ${reasonOf(error)}`);
  }
}

function drawPixels({ width, height, data }: Pixels): void {
  const context = sized(element('seen', HTMLCanvasElement), { width, height });
  context.putImageData(new ImageData(new Uint8ClampedArray(data), width, height), 0, 0);
}

function sized(canvas: HTMLCanvasElement, size: { readonly width: number; readonly height: number }) {
  Object.assign(canvas, { width: size.width, height: size.height });
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('this browser gives no canvas to draw on');
  return context;
}

/** A class with its share as a bar. */
function rowOf({ name, share }: Guess): HTMLElement {
  const row = document.createElement('li');
  const text = document.createElement('span');
  const meter = document.createElement('meter');
  const number = document.createElement('output');
  text.textContent = name;
  // A share is a share where the model ends with softmax; whatever else it gives is shown as a number.
  const isShare = share >= 0 && share <= 1;
  meter.value = isShare ? share : 0;
  meter.setAttribute('aria-hidden', 'true');
  number.textContent = isShare ? `${(100 * share).toFixed(1)} %` : share.toPrecision(4);
  row.append(text, meter, number);
  return row;
}

function say(text: string): void {
  state.textContent = text;
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function element<E extends HTMLElement>(id: string, type: abstract new () => E): E {
  const found = document.getElementById(id);
  if (found instanceof type) return found;
  throw new Error(`the page has no ${id}`);
}
