import type { Comparison } from "@mesoscope/finite-size";

/** Share of diverged replicas from which on what is left is a selection. */
const ALLOWED = 0.01;

/** Says so where too many replicas of a comparison diverged for anything to hold. */
export function divergedCaveatOf({ sizes }: Pick<Comparison, "sizes">): string | undefined {
  const diverged = sizes.reduce((sum, size) => sum + size.diverged, 0);
  const all = diverged + sizes.reduce((sum, size) => sum + size.completed, 0);
  return diverged > ALLOWED * all ? `${diverged} of ${all} replicas diverged` : undefined;
}
