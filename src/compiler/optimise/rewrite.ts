import type { Edit } from './edit.js';
import { edited } from './edit.js';
import type { Model } from './model.js';
import { usesOf, type Uses } from './uses.js';

/** One way to make a model simpler without changing what it computes: what it matches, why it may refuse, what it builds. */
export interface Rewrite<Match> {
  /** `fold-batch-norm`. */
  readonly name: string;
  /** The places where it could apply. */
  readonly matches: (model: Model, uses: Uses) => readonly Match[];
  /** Why it does not apply at such a place, if it doesn't: follows the name of a node. */
  readonly refuses: (match: Match, model: Model, uses: Uses) => Refusal | undefined;
  /** What changes where it applies. */
  readonly builds: (match: Match, model: Model) => Edit;
}

/** A place where a rewrite could apply and doesn't. */
export interface Refusal {
  /** The path of the node. */
  readonly path: string;
  readonly why: string;
}

/** What a rewrite made of a model. */
export interface Rewritten {
  readonly model: Model;
  /** At how many places it applied. */
  readonly count: number;
  readonly refusals: readonly Refusal[];
}

/** A rewrite that hides what its matches are. */
export interface Pass {
  readonly name: string;
  /** Applies the rewrite at every place where it can; the model that it is given stays as it was. */
  readonly apply: (model: Model) => Rewritten;
}

/** Makes a pass over the whole model of a rewrite, whose edits at different places must not touch the same nodes. */
export function passOf<Match>(rewrite: Rewrite<Match>): Pass {
  return {
    name: rewrite.name,
    apply(model) {
      const uses = usesOf(model.graph);
      const refusals: Refusal[] = [];
      const edits: Edit[] = [];
      for (const match of rewrite.matches(model, uses)) {
        const refusal = rewrite.refuses(match, model, uses);
        if (refusal === undefined) edits.push(rewrite.builds(match, model));
        else refusals.push(refusal);
      }
      return { model: edits.length === 0 ? model : edited(model, edits), count: edits.length, refusals };
    },
  };
}
