import { equals, isOpen, openSizes, type Exact } from '../values/exact.js';
import { complain, type Complaint } from './complaint.js';
import { shapeMismatch, undecidedShapes } from './problems/joins.js';
import { projection } from './projection.js';
import type { Shape } from './shape.js';

/** What two sizes give where they meet: one size, `differ`, or `undecided` where open sizes decide it. */
type Meeting = Exact | 'differ' | 'undecided';

/** The shape of a join value by value: all shapes are one, or features and sizes of 1 are repeated to meet the others. */
export function broadcast(layer: string, inputs: readonly Shape[]): Shape | Complaint {
  const rank = inputs.reduce((most, shape) => Math.max(most, shape.length), 0);
  const aligned = inputs.map((shape) => alignedTo(shape, rank));
  const meetings = aligned.reduce<readonly Meeting[]>(
    (met, shape) => met.map((size, place) => meet(size, shape[place])),
    Array<Exact>(rank).fill(1),
  );
  if (meetings.includes('differ')) {
    return complain(shapeMismatch, { layer, shapes: inputs, repair: projection(layer, inputs) });
  }
  const shape = meetings.flatMap((size) => (size === 'differ' || size === 'undecided' ? [] : [size]));
  return shape.length === rank ? shape : undecided(layer, inputs);
}

/** A complaint that names the open sizes which decide whether shapes agree. */
export function undecided(layer: string, shapes: readonly Shape[]): Complaint {
  const names = shapes.flat().flatMap((size) => (isOpen(size) ? openSizes(size) : []));
  return complain(undecidedShapes, { layer, shapes, waitsFor: [...new Set(names)] });
}

/** Features stand for an image of one pixel; any other rank stays, and its missing sizes meet nothing. */
function alignedTo(shape: Shape, rank: number): readonly (Exact | undefined)[] {
  return shape.length === 1 ? [...Array<Exact>(rank - 1).fill(1), ...shape] : shape;
}

function meet(one: Meeting, other: Exact | undefined): Meeting {
  if (one === 'differ' || other === undefined) return 'differ';
  if (one === other || other === 1) return one;
  if (one === 1) return other;
  if (one === 'undecided') return one;
  const same = equals(one, other);
  if (same === undefined) return 'undecided';
  return same ? one : 'differ';
}
