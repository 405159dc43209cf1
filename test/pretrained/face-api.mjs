// Runs the age and gender network of @vladmandic/face-api by the package's own code, on TensorFlow.js' plain engine.
// Arguments: the package's folder, and files of 112 × 112 × 3 bytes; writes `[[age, male, female], …]`.
import { readFileSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import { join } from 'node:path';

const [folder = '', ...files] = process.argv.slice(2);
const require = createRequire(import.meta.url);
const tf = require('@tensorflow/tfjs-core');
require('@tensorflow/tfjs-backend-cpu');

// The package asks for the whole of TensorFlow.js, of which it gets the core with the methods that it chains.
const prototype = /** @type {any} */ (tf.Tensor.prototype);
for (const rank of [1, 2, 3, 4]) {
  prototype[`as${String(rank)}D`] = function as(/** @type {number[]} */ ...shape) {
    return tf.reshape(this, rank === 1 ? [this.size] : shape);
  };
}
prototype.div = function div(/** @type {number} */ other) {
  return tf.div(this, other);
};
const loader = /** @type {any} */ (Module);
const load = loader._load;
loader._load = (/** @type {string} */ name, /** @type {unknown[]} */ ...rest) => {
  if (name === '@tensorflow/tfjs') return tf;
  return name.startsWith('@tensorflow/') ? {} : load(name, ...rest);
};
const api = require(join(folder, 'dist/face-api.node-wasm.js'));
loader._load = load;

await tf.setBackend('cpu');
const manifest = JSON.parse(
  readFileSync(join(folder, 'model/age_gender_model-weights_manifest.json'), 'utf8'),
);
const bytes = readFileSync(join(folder, 'model/age_gender_model.bin'));
const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
const network = new api.AgeGenderNet();
network.loadFromWeightMap(tf.io.decodeWeights(buffer, manifest[0].weights));
const results = files.map((file) => {
  const pixels = tf.tensor(Float32Array.from(readFileSync(file)), [1, 112, 112, 3]);
  const { age, gender } = network.forwardInput(new api.NetInput([pixels]));
  return [...age.dataSync(), ...gender.dataSync()];
});
process.stdout.write(`${JSON.stringify(results)}\n`);
