import type { Facts } from './facts.js';
import type { Signature } from './signature.js';

/** What is told of a model in the files around it. */
export interface About {
  readonly facts: Facts;
  readonly signature: Signature;
  /** What its author says of it. */
  readonly doc: string | undefined;
  /** Whether its weights were drawn at random and never trained. */
  readonly untrained: boolean;
}
