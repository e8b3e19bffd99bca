/**
 * @file The order of a method from its coefficients alone: Butcher's conditions, one for each rooted tree
 * (Hairer, Norsett, Wanner, Solving Ordinary Differential Equations I, section II.2).
 */
import { requireInteger } from "@mesoscope/numerics";
import type { Tableau } from "./tableau.js";

/** A rooted tree, as the list of the subtrees that hang on its root. */
type Tree = readonly Tree[];

/** Trees beyond this order are too many to be worth the wait. */
const LARGEST_ORDER = 10;

/**
 * Largest violation of the order conditions of all rooted trees with at most `order` vertices:
 * |sum_i w_i Phi_i(tree) - 1 / gamma(tree)|. A method has order p when this vanishes (to rounding) for `order` = p.
 *
 * @param weights b by default; give `bHat` to check an embedded method
 * @throws DomainError unless 1 <= order <= 10
 */
export function orderResidual(tableau: Tableau, order: number, weights: readonly number[] = tableau.b): number {
  requireInteger("order", order, { min: 1, max: LARGEST_ORDER });
  let worst = 0;
  for (const tree of treesUpTo(order)) {
    const phi = stageWeights(tableau, tree);
    const sum = weights.reduce((total, w, i) => total + w * phi[i]!, 0);
    worst = Math.max(worst, Math.abs(sum - 1 / density(tree)));
  }
  return worst;
}

/** Largest |c_i - sum_j a_ij|: zero for a method that treats time as one more component. */
export function rowSumResidual({ a, c }: Tableau): number {
  return a.reduce((worst, row, i) => Math.max(worst, Math.abs(row.reduce((sum, entry) => sum + entry, 0) - c[i]!)), 0);
}

/** Phi_i(tree) = product over the subtrees s of sum_j a_ij Phi_j(s). */
function stageWeights({ a, stages }: Tableau, tree: Tree): number[] {
  const phi = new Array<number>(stages).fill(1);
  for (const branch of tree) {
    const below = stageWeights({ a, stages } as Tableau, branch);
    for (let i = 0; i < stages; i += 1) phi[i]! *= a[i]!.reduce((sum, entry, j) => sum + entry * below[j]!, 0);
  }
  return phi;
}

function vertices(tree: Tree): number {
  return tree.reduce((count, branch) => count + vertices(branch), 1);
}

/** gamma(tree) = number of vertices times gamma of every subtree. */
function density(tree: Tree): number {
  return tree.reduce((product, branch) => product * density(branch), vertices(tree));
}

function treesUpTo(order: number): Tree[] {
  const byOrder: Tree[][] = [[], [[]]];
  for (let p = 2; p <= order; p += 1) byOrder.push(forests(p - 1, p - 1, Infinity, byOrder));
  return byOrder.slice(1, order + 1).flat();
}

/** All multisets of trees with `total` vertices, listed with their trees in descending (size, index) order so that each occurs once. */
function forests(total: number, largest: number, lastIndex: number, byOrder: readonly Tree[][]): Tree[] {
  if (total === 0) return [[]];
  const found: Tree[] = [];
  for (let size = Math.min(total, largest); size >= 1; size -= 1) {
    const limit = size === largest ? Math.min(lastIndex, byOrder[size]!.length - 1) : byOrder[size]!.length - 1;
    for (let index = limit; index >= 0; index -= 1) {
      for (const rest of forests(total - size, size, index, byOrder)) found.push([byOrder[size]![index]!, ...rest]);
    }
  }
  return found;
}
