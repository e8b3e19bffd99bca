import type { OutcomeTally, Verdict } from "@mesoscope/contracts";
import { divergedCaveat, equivalence, formatNumber, formatPercent, formatWithInterval, type Equivalence } from "@mesoscope/finite-size";
import { exp, log } from "@mesoscope/numerics";
import { dimensionOf } from "../one-bit-trajectories/dimension.js";
import { regimeInWords, regimeReason, regimesTogether } from "../one-bit-trajectories/regime-words.js";
import { resampling, sidakLevel } from "../one-bit-trajectories/settled-points.js";
import { pooled, pooledBlocks, representatives, type AttractorCase } from "./cases.js";
import type { ReferenceAttractor } from "./reference.js";
import { LEVEL, type AttractorParameters } from "./settings.js";

/** Errors of the reference by which its intervals are widened. */
const REFERENCE_ERRORS = 3;
/** Half of the last digit of a reference dimension. */
const DIMENSION_ERROR = 0.005;
/** Directions of the window: L C. */
const DIRECTIONS = 12;

/** One number beside its reference. */
export interface ReferenceComparison {
  readonly beta: number;
  readonly quantity: "exponent" | "dimension";
  /** 1 for the largest exponent. */
  readonly rank: number;
  readonly expected: number;
  readonly expectedError: number;
  readonly samples: number;
  readonly test: Equivalence;
}

/** Every exponent that has a reference, at a joint level after Sidak. */
export function compareExponents(cases: readonly AttractorCase[], { tolerance }: AttractorParameters, seed: string): readonly ReferenceComparison[] {
  const asked = cases.flatMap((one) => (one.reference?.exponents ?? []).flatMap((expected) => (pooled(one, expected.rank) === undefined ? [] : [{ one, expected }])));
  const level = sidakLevel(LEVEL, asked.length);
  return asked.map(({ one, expected: { rank, value, error } }) => {
    const blocks = pooledBlocks(one, rank);
    const test = equivalence(blocks, value, { tolerance: { absolute: tolerance }, level, predictedError: REFERENCE_ERRORS * error, ...resampling(seed, "one-bit-attractors", one.beta, rank) });
    return { beta: one.beta, quantity: "exponent", rank, expected: value, expectedError: error, samples: blocks.length, test };
  });
}

/** Every dimension that has a reference: one number for each trajectory. */
export function compareDimensions(cases: readonly AttractorCase[], { dimensionTolerance, zero }: AttractorParameters, seed: string): readonly ReferenceComparison[] {
  const asked = cases.flatMap((one) => {
    const dimensions = Float64Array.from(one.together.flatMap((row) => dimensionOf(row, DIRECTIONS, zero)?.value ?? []));
    return one.reference?.dimension === undefined || dimensions.length < 3 ? [] : [{ one, dimensions, expected: one.reference.dimension }];
  });
  const level = sidakLevel(LEVEL, asked.length);
  return asked.map(({ one, dimensions, expected }) => {
    const error = DIMENSION_ERROR;
    const test = equivalence(dimensions, expected, { tolerance: { absolute: dimensionTolerance }, level, predictedError: error, ...resampling(seed, "one-bit-attractors", one.beta, "dimension") });
    return { beta: one.beta, quantity: "dimension", rank: 0, expected, expectedError: error, samples: dimensions.length, test };
  });
}

export interface Comparisons {
  readonly exponents: readonly ReferenceComparison[];
  readonly dimensions: readonly ReferenceComparison[];
}

export function attractorVerdicts(cases: readonly AttractorCase[], { exponents, dimensions }: Comparisons, settings: AttractorParameters, tally: OutcomeTally): readonly Verdict[] {
  const caveat = divergedCaveat(tally);
  return [
    ...cases.flatMap((one) => (one.reference === undefined ? [] : [regimeVerdict(one, one.reference, settings, caveat)])),
    familyVerdict({ id: "exponents", subject: "Lyapunov exponents at the published inverse temperatures, against an independent computation", unit: "nat per token" }, exponents, settings.tolerance, caveat),
    familyVerdict({ id: "dimensions", subject: "Kaplan-Yorke dimensions of the chaotic attractors, against an independent computation", unit: "1" }, dimensions, settings.dimensionTolerance, caveat),
    uniqueVerdict(cases, settings, caveat),
  ];
}

function regimeVerdict({ beta, first }: AttractorCase, reference: ReferenceAttractor, { zero, tokens }: AttractorParameters, caveat: string | undefined): Verdict {
  const expected = regimeInWords(reference);
  const found = first === undefined || first.regime === "undecided" ? undefined : regimeInWords(first);
  const outcome = found === undefined ? "undecided" : found !== expected ? "fails" : caveat === undefined ? "holds" : "undecided";
  return {
    id: `regime-${String(beta).replace(".", "-")}`,
    subject: `the attractor at β = ${beta} is ${expected === "chaos" ? "chaotic" : expected.startsWith("period") ? `of ${expected}` : expected}`,
    outcome,
    rule: `The regime of ${tokens} tokens from the first output feature, by exponents on one side of ±${formatNumber(zero)} by three standard errors, is that of an independent computation.`,
    ...(first?.exponents[0]?.resolved === true ? { value: first.exponents[0].value, unit: "nat per token" } : {}),
    because: `${first === undefined ? "The trajectory is missing" : `Found: ${regimeInWords(first)}, as ${regimeReason(first, zero)}`}${caveat === undefined ? "" : `; ${caveat}`}.`,
    ...(outcome === "fails" ? { reason: "unexplained" as const } : {}),
  };
}

function familyVerdict(words: Pick<Verdict, "id" | "subject"> & { readonly unit: string }, compared: readonly ReferenceComparison[], tolerance: number, caveat: string | undefined): Verdict {
  const rule = `Two one-sided tests for each of ${compared.length} numbers, ${formatPercent(LEVEL)} together after Sidak, each interval widened by ${REFERENCE_ERRORS} errors of the reference: all lie within ±${formatNumber(tolerance)} (holds), or some lies beyond (fails).`;
  if (compared.length === 0) return { ...words, outcome: "undecided", rule, because: "None of these inverse temperatures has a reference that was measured here." };
  const distance = ({ test: { interval } }: ReferenceComparison): number => Math.max(Math.abs(interval[0]), Math.abs(interval[1]));
  const worst = compared.reduce((a, b) => (distance(b) > distance(a) ? b : a));
  const fails = compared.some(({ test }) => test.outcome === "fails");
  const holds = caveat === undefined && compared.every(({ test }) => test.outcome === "holds");
  const { value, interval, confidence } = worst.test;
  return {
    ...words,
    outcome: fails ? "fails" : holds ? "holds" : "undecided",
    rule,
    value,
    interval,
    confidence,
    at: `${nameOf(worst)} at β = ${worst.beta}`,
    because: `The least certain is ${nameOf(worst)} at β = ${worst.beta}: ${formatNumber(worst.expected + value, 5)} against ${formatNumber(worst.expected, 6)}, deviation ${formatWithInterval(value, interval)}${caveat === undefined ? "" : `; ${caveat}`}.`,
    ...(fails ? { reason: "unexplained" as const } : {}),
  };
}

export function nameOf({ quantity, rank }: Pick<ReferenceComparison, "quantity" | "rank">): string {
  return quantity === "dimension" ? "D" : `λ${"₁₂₃₄"[rank - 1]!}`;
}

/** Share of the windows below which a basin may have been missed by n starts, at 95 %. */
function missed(n: number): string {
  return formatPercent(1 - exp(log(0.05) / Math.max(1, n)), 2);
}

function uniqueVerdict(cases: readonly AttractorCase[], { zero }: AttractorParameters, caveat: string | undefined): Verdict {
  const several = cases.filter(({ apart }) => apart.length > 0);
  const starts = Math.min(...cases.map(({ point }) => point.rows.length));
  const fails = several.length > 0;
  return {
    id: "one-attractor",
    subject: "every start settles to the attractor of the published figures",
    outcome: fails ? "fails" : caveat === undefined ? "holds" : "undecided",
    rule: `Fails where one of ${starts} starts returns after another period, or has one of its two largest exponents differ by more than five standard errors; holds if none does. Basins of less than ${missed(starts)} of the windows may be missed, at 95 %.`,
    because: fails ? `${several.map((one) => `at β = ${one.beta} ${one.apart.length} of ${one.point.rows.length} starts settle${one.apart.length === 1 ? "s" : ""} elsewhere (${regimesTogether(representatives(one, zero))})`).join("; ").replace(/^a/, "A")}.` : `All ${starts} starts settle together at each of ${cases.length} inverse temperatures${caveat === undefined ? "" : `; ${caveat}`}.`,
    ...(fails ? { reason: "selection" as const } : {}),
  };
}
