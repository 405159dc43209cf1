import fc from 'fast-check';

/** Sources of models with branches, joins, long ways round and several outputs; every line takes whatever image arrives. */
export function randomNetworks(leastSide = 3): fc.Arbitrary<string> {
  return fc
    .record({
      height: fc.integer({ min: leastSide, max: 9 }),
      width: fc.integer({ min: leastSide, max: 9 }),
      channels: fc.integer({ min: 1, max: 4 }),
      parts: fc.array(fc.oneof(lines(), joins(), detours()), { minLength: 1, maxLength: 5 }),
      aside: fc.boolean(),
      end: fc.constantFrom(
        'identity',
        'gap -> dense 3 softmax',
        'flatten -> dense 4 relu -> dense 2',
        'gmp -> gelu',
      ),
    })
    .map(({ height, width, channels, parts, aside, end }) =>
      [
        'model Random {',
        `input ${String(height)}x${String(width)}x${String(channels)}`,
        'default conv same',
        'default dwconv same',
        ...parts.map((part, place) => part.replaceAll('NAME', `name${String(place)}`)),
        ...(aside ? ['conv 2 1x1 as last', 'from last { gap -> dense 2 sigmoid -> output side }'] : []),
        end,
        ...(aside ? ['output main'] : []),
        '}',
      ].join('\n'),
    );
}

/** Layers that keep height and width. */
const keeping = [
  ...['conv 3 3x3 relu', 'conv 5 1x1', 'conv 4 3x3 dilation=2', 'dwconv 3x3', 'dwconv 3x3 multiplier=2 silu'],
  ...[
    'conv 4 1x1 -> conv 6 3x3 groups=2',
    'conv 4 1x1 -> conv 8 3x3 groups=4 bias=false',
    'conv 4 1x1 -> shuffle 2',
  ],
  ...['pool max 3x3/1 same', 'pool avg 3x3/1 same', 'pool avg 3x3/1 same count_padding=true', 'pool max 1x1'],
  ...[
    'bn',
    'layernorm',
    'groupnorm groups=1',
    'lrn 3',
    'normalize mean=1 std=2',
    'scale',
    'dropout 50%',
    'softmax',
  ],
  ...[
    'relu',
    'leaky_relu',
    'prelu',
    'elu',
    'elu alpha=0.5',
    'selu',
    'gelu',
    'mish',
    'hardswish',
    'hardsigmoid',
    'tanh',
  ],
];

/** Layers that change them. */
const changing = [
  ...[
    'conv 4 3x3/2',
    'dwconv 3x3/2',
    'dwconv 3x3/2 dilation=2',
    'deconv 3 2x2/2',
    'deconv 2 3x3/2 same bias=false',
  ],
  ...[
    'pool max 2x2 same',
    'pool max 1x1/2',
    'pool avg 3x3/2 same count_padding=true',
    'pool avg 3x3/2 pad=1 ceil=true count_padding=true',
  ],
  ...[
    'pad 1',
    'pad 2 -> crop 1',
    'upsample 2 -> pool max 4x4 same',
    'conv 4 1x1 -> depth_to_space 2 -> pool avg 2x2',
  ],
  ...['conv 4 1x1 -> slice channels 1..3', 'pad 1 -> pool avg 3x3/2 same'],
];

function lines(): fc.Arbitrary<string> {
  return fc.constantFrom(...keeping, ...changing);
}

function branch(end: string): fc.Arbitrary<string> {
  return fc
    .array(fc.constantFrom(...keeping), { maxLength: 3 })
    .map((layers) => `| ${[...layers, end].join(' -> ')}`);
}

/** Two to four branches that are joined; a product may be with features, a concatenation of anything. */
function joins(): fc.Arbitrary<string> {
  const counts = { minLength: 2, maxLength: 4 };
  const gate = fc.constant('| gap -> dense 3 sigmoid');
  const alike = fc.tuple(
    fc.constantFrom('add', 'mul', 'max', 'average'),
    fc
      .array(fc.oneof(branch('conv 3 1x1'), gate), counts)
      .filter((ways) => ways.some((way) => !way.includes('gap'))),
  );
  const anything = fc.tuple(fc.constant('concat'), fc.array(branch('identity'), counts));
  return fc.oneof(alike, anything).map(([join, ways]) => [`${join} {`, ...ways, '}'].join('\n'));
}

/** A tensor that is read again after some layers. */
function detours(): fc.Arbitrary<string> {
  return fc
    .tuple(fc.array(fc.constantFrom(...keeping), { maxLength: 3 }), fc.constantFrom('add', 'mul', 'concat'))
    .map(([layers, join]) => ['conv 3 1x1 as NAME', ...layers, 'conv 3 1x1', `${join} NAME`].join('\n'));
}
