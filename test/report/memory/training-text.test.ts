import { describe, expect, it } from 'vitest';
import { partsOf, reportTraining, type TrainingReport } from '../../../src/report/memory/training-report.js';
import { trainingMemoryText } from '../../../src/report/memory/training-text.js';
import { sum } from '../../../src/compiler/values/exact.js';
import { graphOf } from '../../compiler/net.js';
import { exampleGraph } from '../../examples/files.js';

const manner = { batch: 8, optimizer: 'adam', dtype: 'float32', recompute: false } as const;

describe('the memory of a training', () => {
  it.each(['LeNet5', 'ResNet18', 'GoogLeNet'])('is the sum of its parts for %s', (name) => {
    const report = reportTraining(exampleGraph(name), manner);
    expect(sum(partsOf(report).map(({ bytes }) => bytes))).toBe(report.memory.total);
  });

  it('says how it is thought to train, and draws the parts', () => {
    const text = trainingMemoryText(lenet({}), { columns: 80 });
    expect(text).toMatch(
      /^total {4}[\d.]+ MiB \([\d,]+ bytes\) in a step of training; 8 images, float32, adam$/m,
    );
    expect(text).toMatch(/^weights {6} +241 KiB +[\d.]+% {2}█/m);
    expect(text).toMatch(/^ +[\d.]+ KiB {2}conv1 +examples\/lenet5\.cnn:4 +\w+$/m);
    const bars = text.split('\n').filter((line) => line.includes('█'));
    expect(Math.max(...bars.map(({ length }) => length))).toBeLessThanOrEqual(80);
  });

  it('follows optimizer and recomputation', () => {
    const slots = (report: TrainingReport): unknown => report.memory.peak?.optimizer;
    expect([slots(lenet({ optimizer: 'sgd' })), slots(lenet({ optimizer: 'momentum' }))]).toEqual([
      0,
      4 * 61_706,
    ]);
    expect(trainingMemoryText(lenet({ recompute: true }), { columns: 80 })).toContain(
      'adam, blocks computed again on the way back',
    );
  });

  it('is a formula for open sizes', () => {
    const open = graphOf('model M { input ?x?x3; conv 4 1x1; gap; dense 3 softmax }');
    expect(trainingMemoryText(reportTraining(open, manner), { columns: 80 })).toMatch(
      /^total {4}.*h·w.* bytes in a step/m,
    );
  });
});

function lenet(changes: Partial<Parameters<typeof reportTraining>[1]>): TrainingReport {
  return reportTraining(exampleGraph('LeNet5'), { ...manner, ...changes });
}
