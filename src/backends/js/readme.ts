import { usualScale } from '../../compiler/training/usual-scale.js';
import type { Classifier } from '../backend.js';
import type { About } from './about.js';
import { escapeForMarkdown, literal } from './escape.js';
import type { End } from './signature.js';

/** The `README.md` of a folder: how this very model is used, and what it takes and gives. */
export function readme({ facts, signature, doc, untrained }: About): string {
  const { classifier, model } = facts;
  return [
    `# ${escapeForMarkdown(model)}`,
    ...(doc === undefined ? [] : [escapeForMarkdown(doc)]),
    ...(untrained ? [notTrained] : []),
    ...(classifier === undefined ? [] : classifierParts(classifier)),
    `## The network itself\n\n\`\`\`js\n${runExample(signature.inputs)}\n\`\`\``,
    table('It takes', signature.inputs),
    table('It gives', signature.outputs),
    '`model.json` and the files of weights are a graph model: `tf.loadGraphModel` of TensorFlow.js loads them too. What runs it here, ' +
      'WebAssembly or else plain JavaScript, is in this folder, and nothing is fetched from anywhere else; `LICENSES.txt` says whose it is.',
  ]
    .join('\n\n')
    .concat('\n');
}

const notTrained =
  '**This model is not trained**: its weights are random, and so is what it says. `cnnc train` trains it, and `cnnc build --weights` takes ' +
  'what it learned.';

function classifierParts({ shape, classes, preprocess }: Classifier): readonly string[] {
  const { height, width, channels } = shape;
  const count = String(classes.length);
  const colours = channels === 1 ? 'grey' : 'in colours';
  return [
    `Tells ${count} classes of images apart, which it sees as ${String(width)}×${String(height)} pixels, ${colours}.`,
    '## In a browser\n\nBrowsers load modules from a server only. Any server of files does, such as\n\n```sh\npython3 -m http.server\n```\n\n' +
      'Its page classifies a picture that is dropped, chosen or pasted; the picture stays in the browser.',
    "## In a program\n\n```js\nimport { load } from './index.js';\n\nconst model = await load();\nconst [best] = await model.predict(image);\n" +
      'console.log(best.name, best.share);\n```\n\n' +
      '`image` is `{ width, height, data }` with red, green, blue and opacity of each pixel, as `ImageData` is; in a browser also an image ' +
      'element, a video, a canvas, an `ImageBitmap` or a `Blob` of an image file. It is laid on white, resized and scaled as the model was ' +
      `trained: ${normalisationText(preprocess)}.`,
    `## Classes\n\n${classes.map(escapeForMarkdown).join(', ')}`,
  ];
}

function normalisationText({ convention, scale = usualScale, mean, std }: Classifier['preprocess']): string {
  if (convention !== undefined) return `as the convention \`${convention}\` of Keras has it`;
  const divisor = Math.round(1 / scale);
  const scaled = scale === 1 / divisor ? `values / ${String(divisor)}` : `values × ${String(scale)}`;
  return `${scale === 1 ? 'values' : scaled}${listText(', minus', mean)}${listText(', divided by', std)}`;
}

function listText(what: string, values: readonly number[] | undefined): string {
  return values === undefined ? '' : `${what} ${values.map(String).join(' / ')}`;
}

function runExample(inputs: readonly End[]): string {
  const given = inputs.map(({ name, shape }) => {
    const sizes = shape.map((size, place) => (place === 0 ? 1 : Math.max(size, 0) || 64));
    const count = sizes.reduce((product, size) => product * size, 1);
    return `  ${literal(name)}: { shape: [${sizes.join(', ')}], data: new Float32Array(${String(count)}) },\n`;
  });
  return `import { load } from './index.js';\n\nconst model = await load();\nconst outputs = await model.run({\n${given.join('')}});`;
}

/** The first size is how many there are. */
function table(title: string, ends: readonly End[]): string {
  const rows = ends.map(({ name, shape }) => {
    const sizes = shape.slice(1).map((size) => (size === -1 ? 'any' : String(size)));
    return `| ${escapeForMarkdown(name)} | ${['count', ...sizes].join(' × ')} |`;
  });
  return `| ${title} | shape |\n| --- | --- |\n${rows.join('\n')}`;
}
