/** @file Many tests at once: levels adjusted so that one wrong finding among all stays as rare as it was for one. */

export type Multiplicity = "holm" | "bonferroni" | "none";

/**
 * The levels at which each of m tests would still be significant jointly. Bonferroni: m p. Holm's step-down is never weaker:
 * with p_(1) <= ... <= p_(m), the largest of (m - j + 1) p_(j) over j <= i. Both hold for any dependence.
 * @param levels (m) p-values
 * @returns (m), in the order given, at most 1
 */
export function adjustLevels(levels: readonly number[], method: Multiplicity): readonly number[] {
  const m = levels.length;
  switch (method) {
    case "none":
      return [...levels];
    case "bonferroni":
      return levels.map((p) => Math.min(1, m * p));
    case "holm": {
      const order = levels.map((_, i) => i).sort((a, b) => levels[a]! - levels[b]! || a - b);
      const adjusted = new Array<number>(m).fill(1);
      let running = 0;
      order.forEach((at, rank) => {
        running = Math.max(running, Math.min(1, (m - rank) * levels[at]!));
        adjusted[at] = running;
      });
      return adjusted;
    }
  }
}
