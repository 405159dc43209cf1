import type { Target } from '../backends/backend.js';
import { targetNamed, targets } from '../backends/registry.js';
import { usageFailure } from './failure.js';

/** The target of this name; another name is wrong usage. */
export function findTarget(name: string): Target {
  const target = targetNamed(name);
  if (target !== undefined) return target;
  throw usageFailure(
    `there is no target "${name}"`,
    `name one of ${targets.map((one) => one.name).join(', ')}`,
  );
}
