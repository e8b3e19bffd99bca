import type { Verdict } from "@mesoscope/contracts";
import { formatNumber, toVerdict } from "@mesoscope/finite-size";
import { divergedCaveatOf } from "../one-bit/caveat.js";
import type { ExactCase } from "./cases.js";
import type { ExactParameters } from "./settings.js";

/** Runs against enumeration, in mean and spread; enumeration against the expansion; runs against map and corrected map. */
export function exactVerdicts(one: ExactCase, settings: ExactParameters): readonly Verdict[] {
  const { id, title, comparison, againstExact, spreadAgainstExact, againstMap, againstCorrected } = one;
  const words = { id, subject: title };
  return [toVerdict(comparison, againstExact, words), toVerdict(comparison, spreadAgainstExact, words), remainderVerdict(one, settings), toVerdict(comparison, againstMap, words), toVerdict(comparison, againstCorrected, words)];
}

/** An enumeration has no chance in it; what it could have is an error, so runs have to agree with it. */
function remainderVerdict({ id, title, comparison, againstExact, enumerated, leftPower, biasPower }: ExactCase, { powerTolerance }: ExactParameters): Verdict {
  const caveat = divergedCaveatOf(comparison) ?? (againstExact.outcome === "fails" ? "runs do not agree with the enumeration" : undefined);
  const [before, last] = enumerated.slice(-2) as [ExactCase["enumerated"][number], ExactCase["enumerated"][number]];
  const inside = Math.abs(leftPower - 2) <= powerTolerance;
  const outcome = inside && caveat === undefined ? "holds" : "undecided";
  return {
    id: `${id}-remainder`,
    subject: `what the 1/N shift leaves of the exact bias falls as N^−2, ${title}`,
    outcome,
    rule: `The power with which the largest deviation of the exact mean from the map with its 1/N shift falls between the two largest sizes is 2 ± ${powerTolerance} (holds); undecided otherwise: then these sizes are too small for an expansion, or runs do not confirm the enumeration.`,
    value: leftPower,
    unit: "1",
    because: `From N = ${before.n} to ${last.n} the bias falls with the power ${formatNumber(biasPower)} to ${formatNumber(last.bias, 2)}, what the shift leaves of it with the power ${formatNumber(leftPower)} to ${formatNumber(last.left, 2)}${caveat === undefined ? "" : `; ${caveat}`}.`,
  };
}
