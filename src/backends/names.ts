import { nodeAt, type Graph, type Node } from '../compiler/ir/graph.js';

/** The node whose weights a node uses: itself, or the one with which it shares. */
export function ownerOf(graph: Pick<Graph, 'nodes'>, node: Node): Node {
  return node.sharesWith === undefined ? node : nodeAt(graph, node.sharesWith);
}

/** Gives names out, each once. */
export interface Namer {
  /** The wanted name, made legal, with a number behind it where it is taken. */
  fresh(wanted: string): string;
}

/** Names of letters, digits, `.`, `_` and `-`, as TensorFlow wants them, none of which every JavaScript object has. */
export function makeNamer(): Namer {
  const taken = new Set<string>();
  return {
    fresh(wanted) {
      const legal = legalName(wanted);
      let name = legal;
      for (let count = 2; taken.has(name) || name in Object.prototype; count += 1)
        name = `${legal}_${String(count)}`;
      taken.add(name);
      return name;
    },
  };
}

/** What stands for a character that a name may not have is its number, so that most names stay apart. */
function legalName(wanted: string): string {
  const legal = wanted.replace(
    /[^A-Za-z0-9._-]/gu,
    (character) => `u${(character.codePointAt(0) ?? 0).toString(16)}`,
  );
  return /^[A-Za-z0-9]/.test(legal) ? legal : `x${legal}`;
}
