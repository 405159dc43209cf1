import { shapeText } from '../values/shape-text.js';
import { nodeAt, type Graph, type Node } from './graph.js';
import { writtenArguments } from './written-arguments.js';

/**
 * A graph as stable text, one node a line: path, kind with the arguments that differ from their defaults, the paths
 * that it reads, shape, and whose weights it shares.
 */
export function printGraph(graph: Graph): string {
  const outputs = graph.outputs.map(({ name, node, training, weight }) => {
    const words = [...(training ? ['training'] : []), ...(weight === 1 ? [] : [`weight=${String(weight)}`])];
    return ['output', name, '=', nodeAt(graph, node).path, ...words].join(' ');
  });
  const lines = [`graph ${graph.name}`, ...graph.nodes.map((node) => printNode(graph, node)), ...outputs];
  return lines.map((line) => `${line}\n`).join('');
}

function printNode(graph: Graph, node: Node): string {
  const read = node.inputs.map((id) => nodeAt(graph, id).path);
  const parts = [
    `${node.path} = ${node.kind}${argumentsText(node)}`,
    ...(read.length === 0 ? [] : [`(${read.join(', ')})`]),
    `: ${shapeText(node.shape)}`,
    ...(node.sharesWith === undefined ? [] : [`weights of ${nodeAt(graph, node.sharesWith).path}`]),
  ];
  return parts.join(' ');
}

/** The arguments of a node that differ from their defaults, as they are written, a blank before each. */
export function argumentsText(node: Node): string {
  return writtenArguments(node)
    .map(({ name, text }) => ` ${name}=${text}`)
    .join('');
}
