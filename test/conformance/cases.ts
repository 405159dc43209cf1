import type { Case } from './case.js';
import { activationCases } from './cases/activation.js';
import { convolutionCases } from './cases/convolution.js';
import { joinCases } from './cases/join.js';
import { normalisationCases } from './cases/normalisation.js';
import { poolingCases } from './cases/pooling.js';
import { shapeCases } from './cases/shape.js';

/** Every layer that computes something, over its attributes. */
export const cases: readonly Case[] = [
  ...convolutionCases,
  ...poolingCases,
  ...normalisationCases,
  ...activationCases,
  ...shapeCases,
  ...joinCases,
];
