import { complain } from './complaint.js';
import { defineOp } from './op.js';
import { required } from './params.js';
import { groupsDoNotDivide } from './problems/divisions.js';
import { channelsOf, known, only } from './sizes.js';
import { wholeNumber } from './types/whole-number.js';

/** Channels of several groups, interleaved. */
export const shuffle = defineOp({
  category: 'shape',
  doc: {
    summary:
      'Interleaves the channels of `groups` groups: the first of each, then the second of each, and so on.',
    formula: 'y[…, p · groups + g] = x[…, g · (channels / groups) + p]',
    keras: 'none; Reshape, Permute, Reshape',
    pytorch: 'ChannelShuffle(groups)',
    cost: 'nothing',
    source: 'Zhang et al. 2017 (ShuffleNet), §3.1',
    example: { line: 'shuffle 2', input: [28, 28, 116] },
  },
  params: { groups: required(wholeNumber({ atLeast: 1 }), 'into how many parts the channels are split') },
  positional: ['groups'],
  inferShape({ groups }, inputs) {
    const shape = only(inputs);
    const count = known('shuffle', 'channels', channelsOf(shape));
    if (typeof count !== 'number') return count;
    if (count % groups === 0) return shape;
    return complain(
      groupsDoNotDivide,
      { layer: 'shuffle', groups, count, of: 'channels' },
      { parameter: 'groups' },
    );
  },
});
