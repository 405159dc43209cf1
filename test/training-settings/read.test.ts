import { describe, expect, it } from 'vitest';
import { compile } from '../../src/compiler/compile.js';
import { trainingProblems } from '../../src/compiler/training/problems.js';
import { makeSource } from '../../src/diagnostics/source.js';

const model = 'model Small {\n  input 28x28x1\n  flatten\n  dense 10 softmax\n}\n';

function read(settings: string, before = '') {
  const { models, diagnostics } = compile(
    makeSource('small.cnn', `${before}${model}train Small {\n${settings}\n}\n`),
  );
  return {
    settings: models.find(({ name }) => name === 'Small')?.training,
    messages: diagnostics.map(({ message, help }) => (help === undefined ? message : `${message} (${help})`)),
    codes: diagnostics.map(({ code }) => code),
  };
}

describe('a train block', () => {
  it('gives every setting of the design’s example', () => {
    const { settings, messages } = read(`
      augment { shift 10%; rotate 10deg; zoom 10%; brightness 20%; contrast 20%; flip horizontal }
      preprocess scale=1/255
      optimizer adam rate=1e-3
      schedule cosine warmup=1
      loss crossentropy smoothing=0.1
      batch 64; epochs 5
      freeze "stage1", "stage2"`);
    expect(messages).toEqual([]);
    expect(settings).toEqual({
      model: 'Small',
      augment: {
        shift: { share: 0.1 },
        rotate: { angle: 10 },
        zoom: { share: 0.1 },
        brightness: { share: 0.2 },
        contrast: { share: 0.2 },
        flip: { direction: 'horizontal' },
      },
      preprocess: { scale: 1 / 255, mean: undefined, std: undefined, fit: undefined, convention: undefined },
      optimizer: { kind: 'adam', rate: 1e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-7, decay: 0 },
      schedule: { kind: 'cosine', floor: 0, warmup: 1 },
      loss: { kind: 'crossentropy', smoothing: 0.1 },
      batch: 64,
      accumulate: 1,
      epochs: 5,
      classWeights: undefined,
      validation: undefined,
      stop: undefined,
      clip: undefined,
      freeze: ['stage1', 'stage2'],
    });
  });

  it('gives what is said of validation, early stopping, parts of a batch and classes', () => {
    const { settings, messages } = read(
      'validation 10%; stop patience=3 least=1e-3; accumulate 4; class_weights [1, 0.5]; loss binary',
    );
    expect(messages).toEqual([]);
    expect(settings).toMatchObject({
      validation: 0.1,
      stop: { patience: 3, least: 1e-3 },
      accumulate: 4,
      classWeights: [1, 0.5],
      loss: { kind: 'binary', smoothing: 0 },
    });
    expect(read('class_weights balanced; stop 2').settings).toMatchObject({
      classWeights: 'balanced',
      stop: { patience: 2, least: 0 },
    });
  });

  it('tells all mistakes that don’t depend on each other', () => {
    const { messages, settings } = read(
      'epocs 3; optimizer adm; batch -1; optimizer sgd rate=1e-3 momentm=3\n' +
        'augment { shft 10%; shift 2; shift 3; hue 300deg }\n' +
        'schedule step evry=2 factor=2 warmup=-1 warmup=-2',
    );
    expect(settings).toBeUndefined();
    for (const beginning of [
      '`train Small` has no setting `epocs` (did you mean `epochs`?)',
      '`optimizer` is set twice',
      '`optimizer` begins with ',
      '`size` of `batch` is a whole number of at least 1, but this is',
      '`optimizer sgd` takes `rate`, `momentum`, `decay` and `nesterov`, but no `momentm` (did you mean `momentum`?)',
      '`augment` has no setting `shft` (did you mean `shift`?)',
      '`shift` is set twice',
      '`angle` of `hue` is an angle from 0deg to 180deg, but this is',
      '`schedule step` takes `every`, `factor` and `warmup`, but no `evry` (did you mean `every`?)',
      '`factor` of `schedule step` is ',
      '`warmup` of `schedule step` is given twice',
    ]) {
      expect(messages.filter((message) => message.startsWith(beginning))).toHaveLength(1);
    }
    // Both of `shift` and both of `warmup` are out of bounds.
    expect(messages.filter((message) => message.startsWith('`share` of `shift` is '))).toHaveLength(2);
    expect(messages.filter((message) => message.startsWith('`warmup` of `schedule step` is a'))).toHaveLength(
      2,
    );
    expect(messages.filter((message) => message.endsWith('(did you mean `adam`?)'))).toHaveLength(1);
    expect(messages).toHaveLength(15);
  });

  it('has a default for everything', () => {
    const { settings, messages } = read('');
    expect(messages).toEqual([]);
    expect(settings).toMatchObject({ batch: 32, epochs: 1, optimizer: { kind: 'adam' }, freeze: [] });
  });

  it('computes with the constants of the file', () => {
    expect(
      read('optimizer sgd rate=base/10 momentum=0.9', 'let base = 1\n').settings?.optimizer,
    ).toMatchObject({
      kind: 'sgd',
      rate: 0.1,
      momentum: 0.9,
    });
  });

  it('takes the fit of images as a word or by name, and lists by channel', () => {
    expect(read('preprocess crop mean=[0.5, 0.4, 0.3] std=0.25').settings?.preprocess).toEqual({
      mean: [0.5, 0.4, 0.3],
      std: [0.25],
      fit: 'crop',
    });
    expect(read('preprocess fit=pad').settings?.preprocess.fit).toBe('pad');
  });

  it.each([
    ['epoch 5', ['`train Small` has no setting `epoch` (did you mean `epochs`?)']],
    ['augment { shfit 10% }', ['`augment` has no setting `shfit` (did you mean `shift`?)']],
    ['batch 32\nbatch 64', ['`batch` is set twice']],
    ['batch 0', ['`size` of `batch` is a whole number of at least 1, but this is the number 0']],
    ['batch 2 3', ['`batch` takes `size`, and this is one argument more']],
    [
      'augment { rotate 200deg }',
      ['`angle` of `rotate` is an angle from 0deg to 180deg, but this is the number 200'],
    ],
    [
      'augment { rotate 10% }',
      ['`angle` of `rotate` is an angle from 0deg to 180deg, and isn’t measured in `%`'],
    ],
    [
      'augment { shift 10deg }',
      ['`share` of `shift` is a number of at least 0 and less than 1, and isn’t measured in `deg`'],
    ],
    [
      'augment shift 10%',
      ['`augment` holds settings in braces, and takes no arguments (write `augment { … }`)'],
    ],
    ['batch { size 3 }', ['`batch` takes arguments, and has no braces']],
    ['optimizer sgd rate=1e-3 rate=1', ['`rate` of `optimizer sgd` is given twice']],
    [
      'optimizer sgd rat=1e-3',
      [
        '`optimizer sgd` takes `rate`, `momentum`, `decay` and `nesterov`, but no `rat` (did you mean `rate`?)',
      ],
    ],
    ['schedule step', ['`schedule step` needs `every`, a whole number of at least 1']],
    [
      'schedule',
      [
        '`schedule` begins with `constant`, `step`, `cosine`, `exponential` or `plateau`, but nothing stands here',
      ],
    ],
    [
      'loss crossentropi',
      [
        '`loss` begins with `crossentropy`, `binary` or `mse`, but this is the word `crossentropi` (did you mean `crossentropy`?)',
      ],
    ],
    [
      'freeze stage1',
      [
        '`path` of `freeze` is the path of a layer or block, such as `"stage1"`, but this is the word `stage1`',
      ],
    ],
    ['optimizer adam rate=1/fast', ['there is no `fast` here']],
    ['optimizer adam rate=1/0', ['`1/0` divides by 0']],
    ['toString 3', ['`train Small` has no setting `toString`']],
    ['__proto__ 3', ['`train Small` has no setting `__proto__`']],
    ['batch toString=3', ['`batch` takes `size`, but no `toString`']],
    [
      'batch toString',
      ['`size` of `batch` is a whole number of at least 1, but this is the word `toString`'],
    ],
  ])('says of `%s` what is wrong', (settings, messages) => {
    const result = read(settings);
    expect(result.messages).toEqual(messages);
    expect(result.settings).toBeUndefined();
  });

  it.each(['shift', 'zoom', 'cutout'])('takes a share below the whole for `%s`', (setting) => {
    expect(read(`augment { ${setting} 99% }`).settings?.augment).toEqual({ [setting]: { share: 0.99 } });
    expect(read(`augment { ${setting} 0.5 }`).settings?.augment).toEqual({ [setting]: { share: 0.5 } });
    expect(read(`augment { ${setting} 100% }`).codes).toEqual(['wrong-setting']);
    expect(read(`augment { ${setting} -1% }`).codes).toEqual(['wrong-setting']);
    expect(read(`augment { ${setting} 10deg }`).codes).toEqual(['wrong-unit']);
  });

  it.each(['brightness', 'contrast', 'saturation'])('takes a share up to the whole for `%s`', (setting) => {
    expect(read(`augment { ${setting} 100% }`).settings?.augment).toEqual({ [setting]: { share: 1 } });
    expect(read(`augment { ${setting} 101% }`).codes).toEqual(['wrong-setting']);
    expect(read(`augment { ${setting} -0.1 }`).codes).toEqual(['wrong-setting']);
  });

  it.each([
    ['rotate', 180],
    ['shear', 60],
    ['hue', 180],
  ])('takes an angle for `%s`, up to %i degrees', (setting, most) => {
    const [within, beyond] = [`${String(most)}deg`, `${String(most + 1)}deg`];
    expect(read(`augment { ${setting} ${within} }`).settings?.augment).toEqual({
      [setting]: { angle: most },
    });
    expect(read(`augment { ${setting} ${beyond} }`).codes).toEqual(['wrong-setting']);
    expect(read(`augment { ${setting} -1deg }`).codes).toEqual(['wrong-setting']);
  });

  it('gives one message for each of several mistakes', () => {
    expect(read('batch 0\nepochs 0\noptimizer adm').codes).toEqual([
      'wrong-setting',
      'wrong-setting',
      'unknown-choice',
    ]);
  });

  it.each(trainingProblems.map((problem) => [problem.code, problem] as const))(
    'explains %s with a source that has it and one that doesn’t',
    (code, { explain }) => {
      const found = (text: string) => compile(makeSource('a.cnn', text)).diagnostics.map((one) => one.code);
      expect(found(explain.wrong)).toEqual([code]);
      expect(found(explain.right)).toEqual([]);
    },
  );
});
