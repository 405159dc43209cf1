import { train, type TrainingOptions, type TrainingState, type Weights } from '../../../src/runtime/index.js';

/** The weights that a training ends with. */
export async function weightsOf(options: TrainingOptions, state?: TrainingState): Promise<Weights> {
  const result = await train({ ...options, ...(state === undefined ? {} : { state }) });
  if (!result.ok) throw new Error(result.problems[0]?.message);
  return result.value.weights;
}

/** What is kept of a training that may be kept after every step. */
export async function states(options: TrainingOptions): Promise<readonly TrainingState[]> {
  const found: TrainingState[] = [];
  const keeper = { isDue: () => true, keep: (state: TrainingState) => void found.push(state) };
  const result = await train({ ...options, keeper });
  if (!result.ok) throw new Error(result.problems[0]?.message);
  return found;
}
