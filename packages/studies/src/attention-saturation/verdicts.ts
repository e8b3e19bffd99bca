/** @file Does wide attention train alike at every width? Growth of its movement, what is left of its entropy, and divergence, each with a rule. */
import type { Verdict } from "@mesoscope/contracts";
import { divergedCaveat, formatNumber, formatPercent, formatWithInterval } from "@mesoscope/finite-size";
import { stepsInWords } from "../findings/steps-in-words.js";
import { CONFIDENCE, UNSATURATED, verdictsTogether, type FoundCase } from "./cases.js";
import type { SaturationParameters } from "./settings.js";
import { caseId, caseTitle } from "./words.js";

export function saturationVerdicts(cases: readonly FoundCase[], settings: SaturationParameters): readonly Verdict[] {
  return cases.flatMap((one) => [growthVerdict(one, settings), entropyVerdict(one, settings), divergedVerdict(one, settings)]);
}

/** An upper bound of growth: holds where movement does not grow with N, fails where it does. */
export function growthVerdict(one: FoundCase, settings: SaturationParameters): Verdict {
  const { tolerance } = settings;
  const { t, sizes, power, joint } = one.powers.logits[one.judged]!;
  const caveat = one.early.ensembles.map((ensemble) => divergedCaveat(ensemble)).find((clause) => clause !== undefined);
  const outcome = joint === undefined ? "undecided" : joint[0] > tolerance ? "fails" : joint[1] < tolerance && caveat === undefined ? "holds" : "undecided";
  return {
    id: `growth-${caseId(one)}`,
    subject: `power of N with which the median squared movement of the logits goes after ${stepsInWords(t)}, ${caseTitle(one)}; to be a limit it must not grow`,
    outcome,
    rule: `Least squares through ln median against ln N, over the sizes whose median is below ${UNSATURATED}; the ${verdictsTogether(settings)} intervals of this study hold together with ${100 * CONFIDENCE} % confidence (Sidak); all of the interval below ${tolerance} (holds), all above (fails).`,
    ...(power === undefined || joint === undefined ? {} : { value: power.value, interval: joint, confidence: CONFIDENCE, unit: "1", at: `N = ${sizes[0]!} to ${sizes.at(-1)!}` }),
    because: power === undefined || joint === undefined
      ? `Only ${sizes.length} sizes are not saturated after ${stepsInWords(t)}: no power.`
      : `The squared movement goes like N to the power ${formatWithInterval(power.value, joint)} from N = ${sizes[0]!} to ${sizes.at(-1)!}${caveat === undefined ? "" : `; ${caveat}`}.`,
    ...(outcome === "fails" ? { reason: "no-limit" as const } : {}),
  };
}

/** The share of its first entropy that attention keeps at the largest size, with an interval from both medians. */
export function keptEntropy({ late }: FoundCase): { readonly value: number; readonly interval: readonly [number, number]; readonly n: number; readonly t: number } {
  const entropies = late.medians.entropy.at(-1)!;
  const [first, last] = [entropies[0]!, entropies.at(-1)!];
  return { value: last.value / first.value, interval: [last.interval[0] / first.interval[1], last.interval[1] / first.interval[0]], n: late.ensembles.at(-1)!.n, t: late.times.at(-1)! };
}

function entropyVerdict(one: FoundCase, { soft }: SaturationParameters): Verdict {
  const { value, interval, n, t } = keptEntropy(one);
  const caveat = divergedCaveat(one.late.ensembles.at(-1)!);
  const outcome = interval[1] < soft ? "fails" : interval[0] > soft && caveat === undefined ? "holds" : "undecided";
  return {
    id: `soft-${caseId(one)}`,
    subject: `median entropy of attention after ${stepsInWords(t)} at N = ${n}, as a share of the first, ${caseTitle(one)}; attention that learns, not saturates, keeps ${formatPercent(soft)}`,
    outcome,
    rule: `Ratio of two medians, its interval from the ends of their ${100 * CONFIDENCE} % intervals, on the safe side; all of it above ${soft} (holds) or below (fails).`,
    value,
    interval,
    confidence: CONFIDENCE,
    unit: "1",
    at: `N = ${n}, t = ${t}`,
    because: `Attention keeps ${formatWithInterval(value, interval, true)} of its entropy${caveat === undefined ? "" : `; ${caveat}`}.`,
    ...(outcome === "fails" ? { reason: "saturation" as const } : {}),
  };
}

function divergedVerdict(one: FoundCase, { allowedDiverged, steps }: SaturationParameters): Verdict {
  const { n, count, of, interval } = one.diverged.at(-1)!;
  const outcome = interval[1] < allowedDiverged ? "holds" : interval[0] > allowedDiverged ? "fails" : "undecided";
  return {
    id: `finite-${caseId(one)}`,
    subject: `share of runs that diverge within ${stepsInWords(steps)} at N = ${n}, ${caseTitle(one)}`,
    outcome,
    rule: `Wilson's ${100 * CONFIDENCE} % interval of the share lies below ${formatPercent(allowedDiverged)} (holds) or above (fails).`,
    value: count / of,
    interval,
    confidence: CONFIDENCE,
    unit: "1",
    at: `N = ${n}`,
    because: `${count} of ${of} diverged, ${formatWithInterval(count / of, interval, true)}; over all sizes ${one.diverged.reduce((sum, part) => sum + part.count, 0)} of ${one.diverged.reduce((sum, part) => sum + part.of, 0)}.`,
    ...(outcome === "fails" ? { reason: "no-limit" as const } : {}),
  };
}

/** A number of a case in words. */
export function finalMovement({ late }: FoundCase): string {
  return formatNumber(late.medians.logits.at(-1)!.at(-1)!.value, 2);
}
