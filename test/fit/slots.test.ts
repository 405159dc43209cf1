import { describe, expect, it } from 'vitest';
import type { OptimizerSettings } from '../../src/compiler/training/settings.js';
import { slotsOf, slotsUnder } from '../../src/compiler/training/slots.js';
import { defaultTraining } from '../../src/runtime/training/default-training.js';
import { followerOf } from '../../src/runtime/training/optimizers/follower.js';
import { modelOf } from '../runtime/models.js';

/** The settings of an optimizer as a train block writes them. */
function settingsOf(written: string): OptimizerSettings {
  const { training } = modelOf(`model M { input 4; dense 2 softmax }\ntrain M { optimizer ${written} }\n`);
  if (training === undefined) throw new Error('no settings');
  return training.optimizer;
}

/** How many values an optimizer keeps for each weight while it runs. */
function keptBy(settings: OptimizerSettings): number {
  const weights = 7;
  const slots = [...followerOf(settings, weights).slots.values()];
  return slots.reduce((sum, { length }) => sum + length, 0) / weights;
}

describe('the values that an optimizer keeps for each weight', () => {
  it.each(Object.entries(slotsOf))('are those of %s as it runs: %i', (kind, slots) => {
    expect(keptBy(settingsOf(kind))).toBe(slots);
    expect(slotsUnder(settingsOf(kind))).toBe(slots);
  });

  it.each(['sgd momentum=0.9', 'rmsprop momentum=0.5', 'momentum momentum=0', 'nesterov momentum=0'])(
    'follow the settings of `%s`',
    (written) => {
      const settings = settingsOf(written);
      expect(slotsUnder(settings)).toBe(keptBy(settings));
    },
  );

  it('are thought of as those of adam, as trainings are without a train block', () => {
    expect(defaultTraining('M').optimizer.kind).toBe('adam');
  });
});
