import { engine } from '@tensorflow/tfjs-core';

/** The most bytes that tensors hold at once while something runs: by their data, so that two handles of one data count once. */
export function mostHeldBytes(run: () => void): number {
  const { tensorInfo } = engine().state;
  const begun = new Map<object, number>();
  let held = 0;
  let most = 0;
  const [set, remove] = [tensorInfo.set.bind(tensorInfo), tensorInfo.delete.bind(tensorInfo)];
  tensorInfo.set = (data, info) => {
    held += info.bytes;
    begun.set(data, info.bytes);
    most = Math.max(most, held);
    set(data, info);
    return tensorInfo;
  };
  tensorInfo.delete = (data) => {
    held -= begun.get(data) ?? 0;
    begun.delete(data);
    return remove(data);
  };
  try {
    run();
  } finally {
    tensorInfo.set = set;
    tensorInfo.delete = remove;
  }
  return most;
}
