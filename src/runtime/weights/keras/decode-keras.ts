import type { Outcome } from '../../outcome.js';
import { decodeHdf5 } from '../hdf5/decode-hdf5.js';
import { refuseWeights, type WeightFile } from '../weight-file.js';
import { listZip, unzipEntry } from './zip.js';

/** The file of the weights in an archive of Keras 3. */
const weightsEntry = 'model.weights.h5';

/**
 * Reads the weights of a `.keras` archive. Its description of the model is not read at all: layers of others' code, lambdas
 * among them, stay where they are.
 */
export function decodeKeras(bytes: Uint8Array): Outcome<WeightFile> {
  const listing = listZip(bytes);
  if ('why' in listing) return refuseWeights(listing.why);
  const { entries } = listing;
  const entry = entries.find(({ name }) => name === weightsEntry);
  if (entry === undefined) return refuseOther(entries.map(({ name }) => name));
  const weights = unzipEntry(bytes, entry, bytes.length + 32 * 2 ** 20);
  if (typeof weights === 'string') return refuseWeights(weights);
  const read = decodeHdf5(weights);
  if (!read.ok) return read;
  return { ok: true, value: { ...read.value, format: 'Keras archive' } };
}

function refuseOther(names: readonly string[]): Outcome<WeightFile> {
  if (names.some((name) => name.endsWith('/data.pkl')))
    return refuseWeights(
      'the file is pickled by PyTorch, which can run any code and is not read',
      'save it as safetensors: `safetensors.torch.save_file(model.state_dict(), "model.safetensors")`',
    );
  if (names.some((name) => name.endsWith('.npy')))
    return refuseWeights(
      'the file is an archive of NumPy, which is not read',
      'save it as safetensors: `safetensors.numpy.save_file(arrays, "model.safetensors")`',
    );
  return refuseWeights(`the archive has no \`${weightsEntry}\``);
}
