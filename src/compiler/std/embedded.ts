// Generated from std/*.cnn by `npm run generate`: change those files, not this one.

/** The standard library: the source text of each file by the name that imports use, `std/blocks`. */
export const embeddedStd: ReadonlyMap<string, string> = new Map([
  [
    'std/blocks',
    `// The standard library of blocks. Every block is written in the language: open it, copy it, change it.

/// Four parallel views of one input (Szegedy et al., 2014, figure 2b), joined along the channels.
block inception<c1, r3, c3, r5, c5, proj> {
  default conv same
  concat {
    | conv c1 1x1 relu
    | conv r3 1x1 relu -> conv c3 3x3 relu
    | conv r5 1x1 relu -> conv c5 5x5 relu
    | pool max 3x3/1 same -> conv proj 1x1 relu
  }
}

/// A projection where the shape changes, else nothing (He et al., 2015, option B).
block shortcut<filters, stride = 1> {
  if stride > 1 or in.channels != filters {
    conv filters 1x1/stride same bias=false -> bn
  }
}

/// Two 3x3 convolutions beside a shortcut (He et al., 2015, figure 2). The shortcut is a projection where the shape changes.
block residual<filters, stride = 1, attention: block = identity> {
  default conv same bias=false
  add {
    | conv filters 3x3/stride -> bn -> relu
      conv filters 3x3 -> bn -> attention<>
    | shortcut<filters, stride>
  }
  relu
}

/// 1x1, 3x3 and 1x1 convolutions beside a shortcut (He et al., 2015, figure 5), \`filters * 4\` channels out. The stride
/// stands in the 3x3 as in torchvision, or with \`stride_first\` in the first 1x1 as in the paper.
block bottleneck<filters, stride = 1, attention: block = identity, stride_first = false> {
  default conv same bias=false
  let first = if stride_first then stride else 1
  let second = if stride_first then 1 else stride
  add {
    | conv filters 1x1/first -> bn -> relu
      conv filters 3x3/second -> bn -> relu
      conv (4 * filters) 1x1 -> bn -> attention<>
    | shortcut<4 * filters, stride>
  }
  relu
}

/// Squeeze and excitation (Hu et al., 2017): reweights the channels by what the whole image shows.
block se<ratio = 16> {
  mul {
    | identity
    | gap -> dense (in.channels / ratio) relu -> dense in.channels sigmoid
  }
}

/// A depthwise and a pointwise convolution (Chollet, 2016), without an activation between them.
block sepconv<filters, kernel: size = 3x3, stride = 1> {
  dwconv kernel stride=stride same bias=false
  conv filters 1x1 same bias=false
}

/// The residual unit with normalisation and activation first (He et al., 2016, figure 1b).
block preactivation<filters, stride = 1> {
  default conv same bias=false
  add {
    | bn -> relu -> conv filters 3x3/stride
      bn -> relu -> conv filters 3x3
    | if stride > 1 or in.channels != filters { conv filters 1x1/stride }
  }
}

/// Expand, filter depthwise, project (Sandler et al., 2018, MobileNetV2), with a shortcut where the shape stays.
block inverted_residual<filters, stride = 1, expand = 6, act: block = relu6> {
  if stride == 1 and in.channels == filters {
    add {
      | inverted_branch<filters, stride, expand, act>
      | identity
    }
  } else {
    inverted_branch<filters, stride, expand, act>
  }
}

/// The branch of \`inverted_residual\` that computes.
block inverted_branch<filters, stride = 1, expand = 6, act: block = relu6> {
  default conv same bias=false
  if expand > 1 {
    conv (expand * in.channels) 1x1 -> bn -> act<>
  }
  dwconv 3x3/stride same bias=false -> bn -> act<>
  conv filters 1x1 -> bn
}

/// One layer of a dense block (Huang et al., 2016, DenseNet-B): its \`growth\` channels are joined to what arrives.
block dense_layer<growth = 32, bottleneck_width = 4> {
  default conv same bias=false
  concat {
    | identity
    | bn -> relu -> conv (bottleneck_width * growth) 1x1
      bn -> relu -> conv growth 3x3
  }
}

/// Halves the image between dense blocks, and the channels by \`compression\` (Huang et al., 2016).
block transition<compression = 0.5> {
  bn -> relu
  conv floor(compression * in.channels) 1x1 bias=false
  pool avg 2x2
}

/// Squeeze with 1x1, expand with 1x1 beside 3x3 (Iandola et al., 2016, SqueezeNet).
block fire<squeeze, expand1, expand3> {
  conv squeeze 1x1 relu
  concat {
    | conv expand1 1x1 relu
    | conv expand3 3x3 same relu
  }
}
`,
  ],
  [
    'std/inception4',
    `// The blocks of Inception-v4 (Szegedy et al., 2016). Every convolution is without bias, normalised, and followed by relu.

/// A convolution, batch normalisation and relu; the image keeps its size unless it is \`cropped\`.
block unit<filters, kernel: size, stride = 1, cropped = false> {
  if cropped {
    conv filters kernel stride=stride valid bias=false
  } else {
    conv filters kernel stride=stride same bias=false
  }
  bn -> relu
}

/// From 299x299x3 to 35x35x384 (figure 3).
block stem {
  unit<32, 3x3, stride = 2, cropped = true>
  unit<32, 3x3, cropped = true>
  unit<64, 3x3>
  concat {
    | pool max 3x3/2
    | unit<96, 3x3, stride = 2, cropped = true>
  }
  concat {
    | unit<64, 1x1> -> unit<96, 3x3, cropped = true>
    | unit<64, 1x1> -> unit<64, [1, 7]> -> unit<64, [7, 1]> -> unit<96, 3x3, cropped = true>
  }
  concat {
    | unit<192, 3x3, stride = 2, cropped = true>
    | pool max 3x3/2
  }
}

/// The grid of 35x35 (figure 4).
block inception_a {
  concat {
    | unit<96, 1x1>
    | unit<64, 1x1> -> unit<96, 3x3>
    | unit<64, 1x1> -> unit<96, 3x3> -> unit<96, 3x3>
    | pool avg 3x3/1 same -> unit<96, 1x1>
  }
}

/// From 35x35 to 17x17 (figure 7, with k, l, m, n of Inception-v4).
block reduction_a {
  concat {
    | unit<384, 3x3, stride = 2, cropped = true>
    | unit<192, 1x1> -> unit<224, 3x3> -> unit<256, 3x3, stride = 2, cropped = true>
    | pool max 3x3/2
  }
}

/// The grid of 17x17 (figure 5).
block inception_b {
  concat {
    | unit<384, 1x1>
    | unit<192, 1x1> -> unit<224, [1, 7]> -> unit<256, [7, 1]>
    | unit<192, 1x1> -> unit<192, [7, 1]> -> unit<224, [1, 7]> -> unit<224, [7, 1]> -> unit<256, [1, 7]>
    | pool avg 3x3/1 same -> unit<128, 1x1>
  }
}

/// From 17x17 to 8x8 (figure 8).
block reduction_b {
  concat {
    | unit<192, 1x1> -> unit<192, 3x3, stride = 2, cropped = true>
    | unit<256, 1x1> -> unit<256, [1, 7]> -> unit<320, [7, 1]> -> unit<320, 3x3, stride = 2, cropped = true>
    | pool max 3x3/2
  }
}

/// The grid of 8x8 (figure 6).
block inception_c {
  concat {
    | unit<256, 1x1>
    | unit<384, 1x1> -> concat { | unit<256, [1, 3]> | unit<256, [3, 1]> }
    | unit<384, 1x1> -> unit<448, [3, 1]> -> unit<512, [1, 3]>
      concat { | unit<256, [1, 3]> | unit<256, [3, 1]> }
    | pool avg 3x3/1 same -> unit<256, 1x1>
  }
}
`,
  ],
]);
