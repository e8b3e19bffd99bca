/** @file A plan beside the one that is there, in words. */
import type { PlanComparison } from "@mesoscope/finite-size";
import { InputError } from "../../failure.js";

/** @param kept cells of the new plan that are on disk */
export function comparisonInWords(comparison: PlanComparison, kept: number): string {
  const cells = (count: number): string => `${count} ${count === 1 ? "cell" : "cells"}`;
  switch (comparison.kind) {
    case "identical":
      return `identical with the plan that is there: ${kept === comparison.cells ? "all" : kept} of its ${cells(comparison.cells)} are kept${kept === comparison.cells ? "" : ", the others run"}`;
    case "compatible":
      return `compatible with the plan that is there: ${cells(comparison.reused)} of it are asked for again, ${comparison.added} are new, ${comparison.dropped} are no longer asked for and stay on disk; ${cells(kept)} are kept and will not run again`;
    case "incompatible":
      return `incompatible with the plan that is there: ${comparison.differences.map(({ what, before, now }) => `${what} was ${before}, is ${now}`).join("; ")}`;
  }
}

/** @throws InputError if two plans do not belong into one folder */
export function refuseIncompatible(comparison: PlanComparison | undefined, out: string): void {
  if (comparison?.kind !== "incompatible") return;
  throw new InputError({
    what: `--out ${out}`,
    rule: comparisonInWords(comparison, 0),
    remedy: `Choose another folder with --out; or ask as before (\`mesoscope sweep status --out ${out}\` shows what is there); or, to begin anew here, move ${out}/sweep away.`,
  });
}
