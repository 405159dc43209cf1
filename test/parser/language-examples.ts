/** The examples of the language's description that are whole files. */
export const files: readonly string[] = [
  `/// LeNet-5 (LeCun et al., 1998), with the fully connected C3 that later versions use.
model LeNet5<classes = 10> {
  input 32x32x1
  conv 6 5x5 valid tanh
  pool avg 2x2
  conv 16 5x5 valid tanh
  pool avg 2x2
  conv 120 5x5 valid tanh
  flatten
  dense 84 tanh
  dense classes softmax

  assert params == 61_706
  assert macs == 416_520
}
`,
  `/// Four parallel views of one input (Szegedy et al., 2014), joined along the channels.
block inception<c1, r3, c3, r5, c5, proj> {
  default conv same
  concat {
    | conv c1 1x1 relu
    | conv r3 1x1 relu -> conv c3 3x3 relu
    | conv r5 1x1 relu -> conv c5 5x5 relu
    | pool max 3x3/1 same -> conv proj 1x1 relu
  }
}
`,
  `/// Two 3x3 convolutions beside a shortcut (He et al., 2015). The shortcut is a projection where the shape changes.
block residual<filters, stride = 1, attention: block = identity> {
  default conv same bias=false
  add {
    | conv filters 3x3/stride -> bn -> relu
      conv filters 3x3 -> bn -> attention<>
    | shortcut<filters, stride>
  }
  relu
}

block shortcut<filters, stride = 1> {
  if stride > 1 or in.channels != filters {
    conv filters 1x1/stride same bias=false -> bn
  }
}

/// Squeeze and excitation (Hu et al., 2017): reweights the channels by what the whole image shows.
block se<ratio = 16> {
  mul {
    | identity
    | gap -> dense (in.channels / ratio) relu -> dense in.channels sigmoid
  }
}
`,
  `model ResNet34<classes = 1000> {
  input 224x224x3
  conv 64 7x7/2 same bias=false -> bn -> relu
  pool max 3x3/2 same
  for (filters, depth) in [(64, 3), (128, 4), (256, 6), (512, 3)] {
    repeat depth as i {
      residual<filters, stride = if i == 0 and filters > 64 then 2 else 1>
    }
  }
  gap
  dense classes softmax
}
`,
  'model ResNet18 = ResNet<depth = 18>\n',
  'variants ResNet {\n  depth 18, 34, 50\n  input 224x224x3 299x299x3\n  mode inference, training\n}\n',
  'import { inception, se as squeeze } from "std/blocks"\nimport { stem } from "./blocks.cnn"\n',
  `train LeNet5 {
  augment { shift 10%; rotate 10deg; zoom 10%; brightness 20%; contrast 20%; flip horizontal }
  preprocess scale=1/255
  optimizer adam rate=1e-3
  schedule cosine warmup=1
  loss crossentropy smoothing=0.1
  batch 64; epochs 5
  freeze "stage1", "stage2"
}
`,
];

/** The examples that stand in the braces of a model or block. */
export const bodies: readonly string[] = [
  `conv 64 3x3                      // filters, kernel
conv 64 3x3/2 same relu          // /2 is the stride; same | valid is the padding; an activation's name is the activation
conv 64 [1, 7] pad=[0, 3]        // a list where a size is computed; explicit padding in rows, columns
conv 256 3x3 groups=32 dilation=2 bias=false init=he_normal l2=1e-4
conv (4 * filters) 1x1           // a computed argument stands in parentheses
pool max 3x3/2 same              // stride defaults to the window; ceil=true rounds up
gap                              // global average pool
dense 1000 softmax
dropout 40%
bn -> relu                       // -> goes on from what stands before it, as a line end does`,
  'input ?x?x3',
  'input depth 224x224x1',
  'default conv same bias=false',
  'residual<256, stride=2, attention = se<16>>',
  'conv filters 3x3 -> bn -> act<>',
  'let width = 4 * filters',
  'assert stride in [1, 2], "why"',
  'let divisible(v, by = 8) = by * max(1, floor(v / by + 0.5))',
  'if a { relu } else if b { relu6 }\nelse { elu }',
  'let w = if c then a else b',
  'conv filters [1, 7]',
  `inception<160, 112, 224, 24, 64, 64> as mid
from mid {
  pool avg 5x5/3 -> conv 128 1x1 relu -> flatten
  dense 1024 relu -> dropout 70% -> dense classes softmax
  output aux1 weight=0.3 training        // exists in training only; not counted at inference
}`,
  'concat skip',
  'from a, b { add }',
  'from a b { add }',
  'share encoder { conv 8 3x3 }\nencoder<> -> encoder<>',
  `assert params <= 25M
assert output == 1000
assert macs <= 4.1G
assert memory.inference <= 64MiB
assert memory.training(batch=32, optimizer=adam) <= 8GiB
assert receptive_field >= 224`,
  'dwconv 3x3 multiplier=1; slice channels 0..58; shuffle 2; normalize mean=[0.5, 0.5] std=[1, 1]; scale init=1e-6',
  'conv 1 1x1 scale=1/255',
  'conv 64 3x3\n  -> bn\n  -> relu',
  'conv 64 3x3 ->\n  bn ->\n  relu',
  'concat { | relu | identity } as both',
  'reshape -1 64',
  'pad [[1, 1], [2, 2]]',
  'conv floor(compression * in.channels) 1x1 bias=false',
  'upsample 2 nearest // the end',
];
