/** What other frameworks call a layer, in lower case without `_`, and how it is written here. */
const foreignLayers: ReadonlyMap<string, string> = new Map([
  ['conv2d', 'conv'],
  ['convolution', 'conv'],
  ['convolution2d', 'conv'],
  ['depthwiseconv2d', 'dwconv'],
  ['depthwiseconv', 'dwconv'],
  ['depthwise', 'dwconv'],
  ['separableconv2d', 'sepconv<…>'],
  ['conv2dtranspose', 'deconv'],
  ['convtranspose2d', 'deconv'],
  ['linear', 'dense'],
  ['fc', 'dense'],
  ['innerproduct', 'dense'],
  ['fullyconnected', 'dense'],
  ['maxpool', 'pool max'],
  ['maxpool2d', 'pool max'],
  ['maxpooling', 'pool max'],
  ['maxpooling2d', 'pool max'],
  ['avgpool', 'pool avg'],
  ['avgpool2d', 'pool avg'],
  ['averagepool', 'pool avg'],
  ['averagepooling2d', 'pool avg'],
  ['globalavgpool', 'gap'],
  ['globalaveragepool', 'gap'],
  ['globalaveragepooling2d', 'gap'],
  ['adaptiveavgpool2d', 'gap'],
  ['globalmaxpool', 'gmp'],
  ['globalmaxpooling2d', 'gmp'],
  ['batchnorm', 'bn'],
  ['batchnorm2d', 'bn'],
  ['batchnormalization', 'bn'],
  ['layernormalization', 'layernorm'],
  ['groupnormalization', 'groupnorm'],
  ['localresponsenorm', 'lrn'],
  ['zeropadding2d', 'pad'],
  ['zeropad2d', 'pad'],
  ['cropping2d', 'crop'],
  ['upsampling2d', 'upsample'],
  ['concatenate', 'concat'],
  ['cat', 'concat'],
  ['multiply', 'mul'],
  ['swish', 'silu'],
  ['leakyrelu', 'leaky_relu'],
  ['pixelshuffle', 'depth_to_space'],
  ['channelshuffle', 'shuffle'],
]);

const foreignParameters: ReadonlyMap<string, string> = new Map([
  ['padding', '`same` or `valid` stands as a word, counted cells as `pad=`'],
  ['activation', 'an activation stands as a word: `relu`, `softmax`'],
  ['strides', 'the stride is `stride=`, or `/2` behind the kernel'],
  ['kernelsize', 'the kernel is `kernel=`, or stands by position: `3x3`'],
  ['poolsize', 'the window is `kernel=`, or stands by position: `2x2`'],
  ['usebias', 'write `bias=`'],
  ['dilationrate', 'write `dilation=`'],
  ['units', 'the number of units stands by position: `dense 10`'],
  ['outchannels', 'the number of filters stands by position: `conv 64 3x3`'],
  ['epsilon', 'write `eps=`'],
  ['kernelinitializer', 'write `init=`'],
  ['kernelregularizer', 'write `l2=` or `l1=`'],
]);

function plain(name: string): string {
  return name.toLowerCase().replaceAll('_', '');
}

/** How a layer of another framework is written here, if it is known. */
export function foreignLayer(name: string): string | undefined {
  return foreignLayers.get(plain(name));
}

/** What to write instead of another framework's parameter, if it is known. */
export function foreignParameter(name: string): string | undefined {
  return foreignParameters.get(plain(name));
}
