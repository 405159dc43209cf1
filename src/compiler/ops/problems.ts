import { channelsDoNotFillBlocks, groupsDoNotDivide, imageDoesNotFillBlocks } from './problems/divisions.js';
import { concatMismatch, shapeMismatch, undecidedShapes } from './problems/joins.js';
import {
  constantsCount,
  cropTooLarge,
  notAPermutation,
  reshapeCount,
  sliceOutOfRange,
} from './problems/regions.js';
import {
  dimensionTooLarge,
  emptyOutput,
  noSuchAxis,
  openSizeNeeded,
  rankTooHigh,
  wrongRank,
} from './problems/shapes.js';
import {
  outputPaddingTooLarge,
  outputPaddingWithoutCells,
  paddingTooLarge,
  windowTooLarge,
} from './problems/windows.js';

/** Everything that a layer can complain about. */
export const opProblems = [
  wrongRank,
  rankTooHigh,
  dimensionTooLarge,
  emptyOutput,
  openSizeNeeded,
  noSuchAxis,
  windowTooLarge,
  paddingTooLarge,
  outputPaddingTooLarge,
  outputPaddingWithoutCells,
  groupsDoNotDivide,
  channelsDoNotFillBlocks,
  imageDoesNotFillBlocks,
  cropTooLarge,
  sliceOutOfRange,
  reshapeCount,
  notAPermutation,
  constantsCount,
  shapeMismatch,
  concatMismatch,
  undecidedShapes,
] as const;
