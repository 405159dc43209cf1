import { compile } from '../../src/compiler/compile.js';
import { makeSource } from '../../src/diagnostics/source.js';
import { renderDiagnostics } from '../../src/diagnostics/render.js';
import { summarise, type Summary, type SummaryOptions } from '../../src/report/summary.js';

/** The summary of the only model of a text. */
export function summarised(text: string, options?: SummaryOptions): Summary {
  const { models, diagnostics } = compile(makeSource('net.cnn', text));
  const [model] = models;
  if (model?.graph === undefined) throw new Error(renderDiagnostics(diagnostics));
  return summarise(model.graph, model.doc, options);
}

/** A small residual network with a gate, that shows what a table can show. */
export const gated = `/// Two units.
/// The second has a gate.
model Gated<classes = 10> {
  input 16x16x3
  conv 8 3x3/2 same bias=false -> bn -> relu
  unit<8>
  unit<16, stride=2>
  gap
  dense classes softmax
}

block unit<filters, stride = 1> {
  add {
    | conv filters [1, 3] stride=stride same relu
      gate<>
    | conv filters 1x1/stride
  }
}

block gate {
  mul {
    | identity
    | gap -> dense in.channels sigmoid
  }
}
`;
