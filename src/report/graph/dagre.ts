import { Graph, layout } from '@dagrejs/dagre';
import type { Size } from './box-text.js';
import type { Point } from './placed.js';

/** A box as dagre knows it; its middle is known after the layout. */
export interface DagreNode extends Size {
  readonly x?: number;
  readonly y?: number;
}

/** A way as dagre knows it, with the room for its label; points, and the label's middle, are known after the layout. */
export interface DagreEdge extends DagreNode {
  readonly labelpos: 'c';
  /** Ways of more weight are drawn shorter and straighter. */
  readonly weight: number;
  readonly points?: readonly Point[];
}

/** The whole, with what is to be kept apart; its width and height are known after the layout. */
export interface DagreSettings extends Partial<Size> {
  readonly nodesep: number;
  readonly edgesep: number;
  readonly ranksep: number;
  readonly marginx: number;
}

/** The name of a way: of several between two boxes, each has its own. */
export interface DagreEdgeName {
  readonly v: string;
  readonly w: string;
  readonly name?: string;
}

/** What of a graph of dagre's is used here. */
export interface Dagre {
  setGraph(settings: DagreSettings): unknown;
  graph(): DagreSettings;
  setNode(name: string, node: DagreNode): unknown;
  node(name: string): DagreNode;
  hasNode(name: string): boolean;
  nodes(): readonly string[];
  setEdge(from: string, to: string, edge: DagreEdge, name: string | undefined): unknown;
  edge(name: DagreEdgeName): DagreEdge;
  edges(): readonly DagreEdgeName[];
}

// The declarations of the package import others without their endings, which no module resolution of Node's finds: its
// types are told here.
/* eslint-disable @typescript-eslint/no-unsafe-assignment */
const DagreGraph: new (options: { readonly multigraph: boolean }) => Dagre = Graph;
const layOut: (graph: Dagre) => unknown = layout;
/* eslint-enable @typescript-eslint/no-unsafe-assignment */

/** Starts an empty graph, in which two boxes may have several ways between them. */
export function newDagre(settings: DagreSettings): Dagre {
  const graph = new DagreGraph({ multigraph: true });
  graph.setGraph(settings);
  return graph;
}

/** Gives everything in a graph its place. */
export function runDagre(graph: Dagre): void {
  layOut(graph);
}
