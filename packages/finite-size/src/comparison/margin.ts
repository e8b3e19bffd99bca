import type { SizeFinding } from "./comparison.js";

/** What does not matter at an entry, in the unit of the observable; 0 where a tolerance leaves no margin. */
export function marginAt({ entries, predicted }: Pick<SizeFinding, "entries" | "predicted">, entry: number): number {
  const { margins, scale } = entries[entry]!;
  return margins[1] * (scale === "relative" ? Math.abs(predicted[entry]!) : 1);
}
