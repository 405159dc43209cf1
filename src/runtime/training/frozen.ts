import { suggest } from '../../diagnostics/suggest.js';
import type { Graph } from '../../compiler/ir/graph.js';
import { failWith, problem, succeed, type Outcome } from '../outcome.js';
import type { PlannedWeight } from '../executor/types.js';

/** The names of the weights that lie under the frozen paths; a path without weights is a problem. */
export function frozenWeights(
  graph: Graph,
  weights: readonly PlannedWeight[],
  paths: readonly string[],
): Outcome<ReadonlySet<string>> {
  const frozen = new Set<string>();
  const problems = paths.flatMap((path) => {
    const under = weights.filter(({ name }) => name.startsWith(`${path}.`));
    for (const { name } of under) frozen.add(name);
    if (under.length > 0) return [];
    const near = suggest(path, pathsOf(graph));
    const help = near === undefined ? undefined : `did you mean \`freeze "${near}"\`?`;
    return [problem('nothing-frozen', `nothing in \`${graph.name}\` has weights under \`${path}\``, help)];
  });
  if (problems.length > 0) return failWith(...problems);
  const isAllFrozen = weights.every(({ name, spec }) => !spec.trainable || frozen.has(name));
  if (!isAllFrozen) return succeed(frozen);
  return failWith(problem('nothing-to-train', `all weights of \`${graph.name}\` are frozen, or it has none`));
}

function pathsOf({ nodes, scopes }: Graph): ReadonlySet<string> {
  const withWeights = nodes.filter(({ weights }) => weights.length > 0).map(({ path }) => path);
  return new Set([...scopes.map(({ path }) => path), ...withWeights]);
}
