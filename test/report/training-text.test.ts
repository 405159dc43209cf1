import { describe, expect, it } from 'vitest';
import { counted } from '../../src/report/check-text.js';
import { evaluationText } from '../../src/report/evaluation-text.js';
import {
  durationText,
  epochText,
  grouped,
  lossText,
  percentText,
  progressText,
} from '../../src/report/training-text.js';

describe('the texts of a training', () => {
  it('say how it goes', () => {
    const progress = {
      epoch: 1,
      epochs: 2,
      seen: 12_800,
      images: 60_000,
      loss: 0.18341,
      imagesPerSecond: 4209.7,
      secondsLeft: 23.4,
    };
    expect(progressText({ ...progress, accuracy: 0.941 })).toBe(
      'epoch 1/2  12,800/60,000  loss 0.1834  accuracy 94.10%  4,210 images/s  0:23 left',
    );
    expect(progressText({ ...progress, accuracy: undefined })).not.toContain('accuracy');
  });

  it('say how an epoch went, with the test images where they were read', () => {
    const epoch = { epoch: 2, loss: 0.1, accuracy: 0.97, seconds: 61 };
    expect(epochText({ ...epoch, validation: undefined, test: { loss: 0.05, accuracy: 0.985 } }, 2)).toBe(
      'epoch 2/2  loss 0.1000  accuracy 97.00%  test loss 0.0500  test accuracy 98.50%  1:01',
    );
    expect(epochText({ ...epoch, validation: undefined, test: undefined }, 2)).toBe(
      'epoch 2/2  loss 0.1000  accuracy 97.00%  1:01',
    );
  });

  it('give a large loss in five digits', () => {
    expect([0.00004, 2.30259, 9.99996, 12.34567, 12345.6].map(lossText)).toEqual([
      '0.0000',
      '2.3026',
      '10.000',
      '12.346',
      '12346',
    ]);
    expect(lossText(6.219986810523168e29)).toBe('6.2200e+29');
  });

  it('round a share, but never up to all', () => {
    expect(percentText(0.99999)).toBe('99.99%');
    expect(percentText(1)).toBe('100.00%');
    expect(percentText(0.9876)).toBe('98.76%');
    expect(percentText(41 / 42)).toBe('97.62%');
    expect(percentText(0)).toBe('0.00%');
  });

  it('write durations as a clock does', () => {
    expect([0, 9.6, 60, 3723, -1].map(durationText)).toEqual(['0:00', '0:10', '1:00', '1:02:03', '0:00']);
  });

  it('group digits and tell one from several', () => {
    expect([0, 999, 1000, 1_234_567].map(grouped)).toEqual(['0', '999', '1,000', '1,234,567']);
    expect([counted(1, 'file'), counted(0, 'file'), counted(1200, 'file')]).toEqual([
      '1 file',
      '0 files',
      '1,200 files',
    ]);
  });
});

describe('the text of an evaluation', () => {
  const perClass = [
    { name: 'cat', count: 10, correct: 8, accuracy: 0.8 },
    { name: 'dog', count: 4, correct: 3, accuracy: 0.75 },
    { name: 'owl', count: 0, correct: 0, accuracy: undefined },
  ];
  const confusion = [
    [8, 2, 0],
    [1, 3, 0],
    [0, 0, 0],
  ];

  it('shows what is taken for what, and the commonest mistakes', () => {
    expect(evaluationText({ loss: 0.5, accuracy: 11 / 14, count: 14, perClass, confusion })).toBe(
      [
        'accuracy  78.57% (11 of 14 images)',
        'loss      0.5000',
        '',
        'is \\ read as  cat  dog  owl  accuracy',
        'cat             8    2    ·    80.00%',
        'dog             1    3    ·    75.00%',
        'owl             ·    ·    ·         –',
        '',
        'most often mistaken: cat as dog (2), dog as cat (1)',
        '',
      ].join('\n'),
    );
  });

  it('lists the classes where there are too many for a matrix', () => {
    const many = Array.from({ length: 20 }, (_, place) => ({
      name: `c${String(place)}`,
      count: 1,
      correct: 1,
      accuracy: 1,
    }));
    const diagonal = many.map((_, row) => many.map((_one, column) => (row === column ? 1 : 0)));
    const text = evaluationText({ loss: 0, accuracy: 1, count: 20, perClass: many, confusion: diagonal });
    expect(text).toContain('class  images  accuracy\nc0          1   100.00%\n');
    expect(text).not.toContain('mistaken');
  });

  it('begins no line with a class name that a log would take for a command', () => {
    const one = { name: ' ::error::x', count: 1, correct: 1, accuracy: 1 };
    const text = evaluationText({ loss: 0, accuracy: 1, count: 1, perClass: [one], confusion: [[1]] });
    expect(text).toContain('\n \\u{3a}:error::x');
    expect(text).not.toMatch(/^\s*::/m);
  });

  it('shows a class name that could change a terminal as what it is', () => {
    const one = { name: '\u001b[2J', count: 1, correct: 1, accuracy: 1 };
    expect(evaluationText({ loss: 0, accuracy: 1, count: 1, perClass: [one], confusion: [[1]] })).toContain(
      '\\u{1b}[2J',
    );
  });
});
