import { failWith, problem, type Failure } from '../outcome.js';
import type { Broken } from './take-step.js';

/** Says what went beyond the numbers, in which step. */
export function brokenTraining(broken: Broken, step: number, epoch: number): Failure {
  const place = `in step ${String(step)}, epoch ${String(epoch)},`;
  const help = 'try a smaller learning rate, `optimizer … rate=…`, or shorter gradients, `clip 1`';
  switch (broken.kind) {
    case 'loss': {
      const value = Number.isNaN(broken.value) ? 'not a number any more' : 'infinite';
      return failWith(problem('loss-not-finite', `${place} the loss is ${value}`, help));
    }
    case 'gradient':
      return failWith(
        problem(
          'loss-not-finite',
          `${place} the gradient of \`${broken.name}\` is not finite any more`,
          help,
        ),
      );
    case 'weight':
      return failWith(
        problem(
          'loss-not-finite',
          `${place} \`${broken.name}\` has a value that is not finite any more`,
          help,
        ),
      );
  }
}
