export type { WeightArray, Weights } from '../../backends/weights.js';
