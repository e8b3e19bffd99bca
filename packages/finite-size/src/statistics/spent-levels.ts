/** @file A level spent over several looks at growing data. */
import { requireInRange, requireInteger } from "@mesoscope/numerics";
import { normalQuantile, normalTail } from "../distributions/normal.js";

/**
 * Levels of looks at doubling data, [eq:spent-level]: look j of J, at the share t = 2^(j - J) of all replicas, may spend
 * a(t_j) - a(t_{j-1}) with a(t) = 2 (1 - Phi(z_{1 - level/2} / sqrt t)): hardly anything early, most of it at the last look, as O'Brien and
 * Fleming do (K. K. G. Lan, D. L. DeMets, Biometrika 70 (1983) 659-663). The looks are treated as if they were disjoint (the union bound),
 * so the sum is the level for any dependence; what the dependence would give back is about a tenth of it.
 * @returns (looks), increasing, with sum `level`
 * @throws DomainError for a level outside (0, 1/2) or no looks
 */
export function spentLevels(level: number, looks: number): readonly number[] {
  requireInRange("level", level, { min: 1e-9, max: 0.49 }, "Give for example 0.05.");
  requireInteger("looks", looks, { min: 1, max: 30 });
  const z = normalQuantile(1 - level / 2);
  const spent = Array.from({ length: looks }, (_, j) => 2 * normalTail(z / Math.sqrt(2 ** (j + 1 - looks))));
  // Far below any level of use, and above what tails of resamples could be asked for.
  return spent.map((all, j) => Math.max(1e-9, all - (j === 0 ? 0 : spent[j - 1]!)));
}
