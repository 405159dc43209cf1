import type { Classifier } from '../backend.js';

/** What a folder's `model.json` tells the module beside it, under `userDefinedMetadata.cnnc`. */
export interface Facts {
  /** Grows where a module of another version would read it wrongly. */
  readonly formatVersion: 1;
  readonly model: string;
  /** Absent where the model doesn't tell classes of images apart. */
  readonly classifier?: Classifier;
}
