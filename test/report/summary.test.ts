import { describe, expect, it } from 'vitest';
import { summaryCsv } from '../../src/report/summary-csv.js';
import { summaryMarkdown } from '../../src/report/summary-markdown.js';
import { summaryText } from '../../src/report/summary-text.js';
import { gated, summarised } from './summarised.js';

describe('the report of a model', () => {
  it('shows blocks above their layers, totals, the peak with who is alive, and the conventions', () => {
    expect(summaryText(summarised(gated))).toBe(wholeTable);
  });

  it('folds blocks to a line with their sums', () => {
    expect(summaryText(summarised(gated), 1)).toContain(foldedTable);
  });

  it('folds the model itself to one line', () => {
    const lines = summaryText(summarised(gated), 0).split('\n');
    expect(lines.filter((line) => line.startsWith('model '))).toHaveLength(1);
    expect(lines.filter((line) => line.startsWith('conv1'))).toHaveLength(0);
  });

  it('emphasises what is told to, and nothing else changes', () => {
    const emphasis = { bold: (text: string) => `«${text}»`, dim: (text: string) => `‹${text}›` };
    const marked = summaryText(summarised(gated), 1, emphasis);
    expect(marked).toContain('«Gated<classes = 10>»  net.cnn:3');
    expect(marked).toContain('‹flops: 2 × macs + elementwise work›');
    expect(marked.replaceAll(/[«»‹›]/g, '')).toBe(summaryText(summarised(gated), 1));
  });

  it('shows what a comment holds that could change a terminal as what it is', () => {
    const text = summaryText(summarised('/// \u001b[2J\nmodel M {\n  input 4\n  relu\n}\n'));
    expect(text).toContain('\\u{1b}[2J');
    expect(text).not.toContain('\u001b');
  });

  it('begins no line with a comment that a log would take for a command', () => {
    const summary = summarised('/// first\n/// ::error::x\nmodel M {\n  input 4\n  relu\n}\n');
    expect(summaryText(summary)).toContain('first\n\\u{3a}:error::x\n');
    const only = summarised('/// ::error::x\nmodel M {\n  input 4\n  relu\n}\n');
    expect(summaryMarkdown(only)).toContain('\n&#58;:error::x\n');
  });

  it('says how many layers it leaves out at inference', () => {
    const text =
      'model M {\n  input 4 as start\n  dense 2\n  from start {\n    dense 3\n    output aux weight=0.3 training\n  }\n}\n';
    expect(summaryText(summarised(text))).toContain(
      'not counted  1 layer that no output needs at inference\n',
    );
    expect(summaryText(summarised(text, { training: true }))).not.toContain('not counted  ');
  });

  it('writes markdown, nothing of the user read as more than text', () => {
    expect(summaryMarkdown(summarised(gated), 1)).toBe(markdown);
  });

  it('writes CSV with all digits and CRLF', () => {
    expect(summaryCsv([summarised(gated)], 1)).toBe(csv.replaceAll('\n', '\r\n'));
  });

  it('quotes what CSV would read as more cells', () => {
    const text = 'model M {\n  input 8x8x1\n  conv 4 [1, 3]\n}\n';
    expect(summaryCsv([summarised(text)])).toContain('M,conv1,"conv 4 [1, 3]",8x6x4,');
  });
});

const wholeTable = `Gated<classes = 10>  net.cnn:3
Two units.
The second has a gate.

layer       as written                            output   params       %    macs       %  activations  field
─────────────────────────────────────────────────────────────────────────────────────────────────────────────
input       input 16x16x3                         16×16×3       –       –       –       –     3.00 KiB      1
conv1       conv 8 3x3/2 same bias=false          8×8×8       216   13.7%  13,824   35.6%     2.00 KiB      3
bn1         bn                                    8×8×8        32    2.0%       –       –     2.00 KiB      3
relu1       relu                                  8×8×8         –       –       –       –     2.00 KiB      3
unit1       unit<8>
  conv1     conv filters [1, 3] stride=stride s…  8×8×8       200   12.7%  12,288   31.6%     2.00 KiB    3×7
  gate1     gate<>
    gap1    gap                                   8             –       –       –       –         32 B    all
    dense1  dense in.channels sigmoid             8            72    4.6%      64    0.2%         32 B    all
    mul1    mul                                   8×8×8         –       –       –       –     2.00 KiB   3×7+
  conv2     conv filters 1x1/stride               8×8×8        72    4.6%   4,096   10.5%     2.00 KiB      3
  add1      add                                   8×8×8         –       –       –       –     2.00 KiB   3×7+
unit2       unit<16, stride=2>
  conv1     conv filters [1, 3] stride=stride s…  4×4×16      400   25.3%   6,144   15.8%     1.00 KiB  3×11+
  gate1     gate<>
    gap1    gap                                   16            –       –       –       –         64 B    all
    dense1  dense in.channels sigmoid             16          272   17.2%     256    0.7%         64 B    all
    mul1    mul                                   4×4×16        –       –       –       –     1.00 KiB  3×11+
  conv2     conv filters 1x1/stride               4×4×16      144    9.1%   2,048    5.3%     1.00 KiB   3×7+
  add1      add                                   4×4×16        –       –       –       –     1.00 KiB  3×11+
gap1        gap                                   16            –       –       –       –         64 B    all
dense1      dense classes softmax                 10          170   10.8%     160    0.4%         40 B    all
─────────────────────────────────────────────────────────────────────────────────────────────────────────────
total                                                       1,578  100.0%  38,880  100.0%

params       1,578 (1,562 trainable, 16 not)
macs         38,880
flops        84,248
weights      6.16 KiB (6,312 bytes)
activations  6.03 KiB (6,176 bytes) at the peak of an inference, one image, fp32
             while \`unit1.gate1.mul1\` runs:
               2.00 KiB  \`relu1\`, needed by \`unit1.conv2\`
               2.00 KiB  \`unit1.conv1\`, needed by \`unit1.gate1.mul1\`
               2.00 KiB  \`unit1.gate1.mul1\`, needed by \`unit1.add1\`
               32 B  \`unit1.gate1.dense1\`, needed by \`unit1.gate1.mul1\`
             order: source; rules: free-after-last-use, elementwise-in-place, batch-norm-folded
field        3×11, stride 4; smaller than the image

params: every weight the model stores, once where layers share it
macs: multiply-accumulates of convolutions and dense layers for one image; biases and elementwise work are not counted
flops: 2 × macs + elementwise work
activations: bytes of the output of a layer, fp32, one image; of all outputs in a block
field: rows × columns of the image that one place of the output sees (Araujo et al. 2019), the largest way through branches
all, +: the field is the whole image; a gate adds the whole image to the field
`;

const foldedTable = `layer   as written                    output   params       %    macs       %  activations  field
─────────────────────────────────────────────────────────────────────────────────────────────────
input   input 16x16x3                 16×16×3       –       –       –       –     3.00 KiB      1
conv1   conv 8 3x3/2 same bias=false  8×8×8       216   13.7%  13,824   35.6%     2.00 KiB      3
bn1     bn                            8×8×8        32    2.0%       –       –     2.00 KiB      3
relu1   relu                          8×8×8         –       –       –       –     2.00 KiB      3
unit1   unit<8>                       8×8×8       344   21.8%  16,448   42.3%     8.06 KiB   3×7+
unit2   unit<16, stride=2>            4×4×16      816   51.7%   8,448   21.7%     4.13 KiB  3×11+
gap1    gap                           16            –       –       –       –         64 B    all
dense1  dense classes softmax         10          170   10.8%     160    0.4%         40 B    all
─────────────────────────────────────────────────────────────────────────────────────────────────
total                                           1,578  100.0%  38,880  100.0%`;

const markdown = `## Gated

Two units. The second has a gate.

| layer | as written | output | params | % | macs | % | activations | field |
| --- | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |
| input | input 16x16x3 | 16×16×3 | – | – | – | – | 3.00 KiB | 1 |
| conv1 | conv 8 3x3/2 same bias=false | 8×8×8 | 216 | 13.7% | 13,824 | 35.6% | 2.00 KiB | 3 |
| bn1 | bn | 8×8×8 | 32 | 2.0% | – | – | 2.00 KiB | 3 |
| relu1 | relu | 8×8×8 | – | – | – | – | 2.00 KiB | 3 |
| unit1 | unit&#60;8&#62; | 8×8×8 | 344 | 21.8% | 16,448 | 42.3% | 8.06 KiB | 3×7+ |
| unit2 | unit&#60;16, stride=2&#62; | 4×4×16 | 816 | 51.7% | 8,448 | 21.7% | 4.13 KiB | 3×11+ |
| gap1 | gap | 16 | – | – | – | – | 64 B | all |
| dense1 | dense classes softmax | 10 | 170 | 10.8% | 160 | 0.4% | 40 B | all |
| **total** |  |  | **1,578** | **100.0%** | **38,880** | **100.0%** |  |  |

params 1,578 (1,562 trainable) · macs 38,880 · flops 84,248 · weights 6.16 KiB · peak of activations 6.03 KiB

- **params**: every weight the model stores, once where layers share it
- **macs**: multiply-accumulates of convolutions and dense layers for one image; biases and elementwise work are not counted
- **flops**: 2 × macs + elementwise work
- **activations**: bytes of the output of a layer, fp32, one image; of all outputs in a block
- **field**: rows × columns of the image that one place of the output sees (Araujo et al. 2019), the largest way through branches
- **all, +**: the field is the whole image; a gate adds the whole image to the field
`;

const csv = `model,path,written,output,params,trainable,macs,flops,weight bytes,activation bytes,field rows,field columns
Gated,input,input 16x16x3,16x16x3,0,0,0,0,0,3072,1,1
Gated,conv1,conv 8 3x3/2 same bias=false,8x8x8,216,216,13824,27648,864,2048,3,3
Gated,bn1,bn,8x8x8,32,16,0,1024,128,2048,3,3
Gated,relu1,relu,8x8x8,0,0,0,512,0,2048,3,3
Gated,unit1,unit<8>,8x8x8,344,344,16448,35984,1376,8256,3,7
Gated,unit2,"unit<16, stride=2>",4x4x16,816,816,8448,18464,3264,4224,3,11
Gated,gap1,gap,16,0,0,0,256,0,64,3,11
Gated,dense1,dense classes softmax,10,170,170,160,360,680,40,3,11
`;
