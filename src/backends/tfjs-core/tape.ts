import { add, keep, tidy, type Tensor } from '@tensorflow/tfjs-core';
import { alias } from './kernel.js';

/** One tensor that an operation reads, and the way back to it. */
export interface Source {
  readonly of: Tensor;
  /** What the way back reads; the tape holds on to it where gradients flow to this tensor, and only there. */
  readonly needs: readonly Tensor[];
  /** A new tensor: the gradient of this source, from the gradient of the output and what it needs. */
  readonly gradient: (dy: Tensor, ...needs: Tensor[]) => Tensor;
}

/**
 * A record of the operations of a forward pass through which gradients flow. TensorFlow.js has a tape of its own; this one
 * keeps nothing for tensors that need no gradient, frees what a gradient reads as soon as it is taken, and
 * doesn't depend on gradients that are registered for the whole process.
 */
export interface Tape {
  /** Notes how an output came about; without a source to which gradients flow nothing is kept. */
  record(output: Tensor, sources: readonly Source[]): void;
  /**
   * Takes the gradients of a scalar by the leaves, in their order, and ends the tape. They belong to the caller; a leaf on
   * which the scalar doesn't depend has none.
   */
  gradients(scalar: Tensor, ones: Tensor): readonly (Tensor | undefined)[];
  /** Frees what is still held; to be called in any case, also after an error. */
  dispose(): void;
}

interface Entry {
  readonly output: number;
  readonly sources: readonly KeptSource[];
}

interface KeptSource {
  readonly id: number;
  readonly needs: readonly Tensor[];
  readonly gradient: Source['gradient'];
}

/** Starts a tape; gradients flow to the leaves. */
export function startTape(leaves: readonly Tensor[]): Tape {
  const followed = new Set(leaves.map((leaf) => leaf.id));
  const leafIds = new Set(followed);
  const entries: Entry[] = [];

  return {
    record(output, sources) {
      const kept = sources.filter((source) => followed.has(source.of.id));
      if (kept.length === 0) return;
      followed.add(output.id);
      entries.push({
        output: output.id,
        sources: kept.map(({ of, needs, gradient }) => ({
          id: of.id,
          needs: needs.map((tensor) => keep(alias(tensor))),
          gradient,
        })),
      });
    },
    gradients(scalar, ones) {
      const found = new Map<number, Tensor>([[scalar.id, ones]]);
      try {
        for (let entry = entries.pop(); entry !== undefined; entry = entries.pop()) {
          try {
            goBack(entry, found, leafIds);
          } finally {
            disposeNeeds(entry);
          }
        }
      } catch (error) {
        for (const gradient of found.values()) gradient.dispose();
        throw error;
      }
      // What is left are the leaves' gradients, and the beginning where the scalar came from no followed operation.
      if (!leafIds.has(scalar.id)) found.get(scalar.id)?.dispose();
      return leaves.map((leaf) => found.get(leaf.id));
    },
    dispose() {
      for (const entry of entries.splice(0)) disposeNeeds(entry);
    },
  };
}

/** Takes one operation's gradients in order; that of its output is read for the last time, unless it is a leaf's. */
function goBack({ output, sources }: Entry, found: Map<number, Tensor>, leaves: ReadonlySet<number>): void {
  const dy = found.get(output);
  if (dy === undefined) return;
  for (const { id, needs, gradient } of sources) {
    const taken = keep(tidy(() => gradient(dy, ...needs)));
    for (const tensor of needs) tensor.dispose();
    const before = found.get(id);
    if (before === undefined) {
      found.set(id, taken);
    } else {
      found.set(id, keep(add(before, taken)));
      before.dispose();
      taken.dispose();
    }
  }
  if (leaves.has(output)) return;
  found.delete(output);
  dy.dispose();
}

function disposeNeeds({ sources }: Entry): void {
  for (const { needs } of sources) for (const tensor of needs) tensor.dispose();
}
