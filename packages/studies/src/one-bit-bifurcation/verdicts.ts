import type { Verdict } from "@mesoscope/contracts";
import { oneBitDiagramPair, type RegimeKind } from "@mesoscope/dmft/hopfield";
import { divergedCaveat, equivalence, formatNumber, formatPercent, formatWithInterval, type Equivalence } from "@mesoscope/finite-size";
import { regimesTogether } from "../one-bit-trajectories/regime-words.js";
import { firstStart, resampling, settledApart, sidakLevel, type SettledPoint, type SettledRow } from "../one-bit-trajectories/settled-points.js";
import type { BifurcationCase } from "./cases.js";
import { measuredCrossings } from "./crossing.js";
import { LEVEL, type BifurcationParameters } from "./settings.js";

export function bifurcationVerdicts(found: BifurcationCase, compared: readonly OrbitComparison[], settings: BifurcationParameters, seed: string): readonly Verdict[] {
  const caveat = divergedCaveat(found.tally);
  return [regimesVerdict(found, settings, caveat), firstBifurcationVerdict(found, settings, seed, caveat), orbitsVerdict(compared, settings, caveat), oneAttractorVerdict(found, settings, caveat)];
}

const claimed: readonly RegimeKind[] = ["periodic", "quasi-periodic", "chaos"];

/** Rows by the regime that they decided, in order of beta. */
export function examplesOf({ whole, zoom }: BifurcationCase, regime: RegimeKind): readonly { readonly beta: number; readonly row: SettledRow }[] {
  const all = [...whole.points, ...zoom.points].flatMap(({ parameters, rows }) => rows.filter((row) => row.regime === regime).map((row) => ({ beta: parameters["beta"] as number, row })));
  return all.sort((a, b) => a.beta - b.beta);
}

/** The claim of the paper: all three kinds of attractors. */
function regimesVerdict(found: BifurcationCase, { zero }: BifurcationParameters, caveat: string | undefined): Verdict {
  const examples = claimed.map((regime) => ({ regime, all: examplesOf(found, regime) }));
  const missing = examples.filter(({ all }) => all.length === 0).map(({ regime }) => regime);
  const holds = caveat === undefined && missing.length === 0;
  const words = examples.filter(({ all }) => all.length > 0).map(({ regime, all }) => `${regime} at ${all.length} of the trajectories, for example at β = ${formatNumber(all[Math.floor(all.length / 2)]!.beta, 6)}`);
  return {
    id: "regimes",
    subject: "periodic, quasi-periodic and chaotic attractors with three features and four tokens of context",
    outcome: holds ? "holds" : "undecided",
    rule: `Each of the three is decided for some trajectory: its largest exponent lies below −${formatNumber(zero)}, within ${formatNumber(zero)} of zero, or above it, by three standard errors, and a period is seen to return.`,
    because: `${missing.length === 0 ? "Found: " : `Not found: ${missing.join(", ")}. Found: `}${words.join("; ")}${caveat === undefined ? "" : `; ${caveat}`}.`,
  };
}

function firstBifurcationVerdict({ branch, approach }: BifurcationCase, { approachTolerance: tolerance, approachTokens }: BifurcationParameters, seed: string, caveat: string | undefined): Verdict {
  const words = { id: "first-bifurcation", subject: "inverse temperature at which the orbit forced by the positions loses its stability", unit: "1" };
  const rule = `Two one-sided tests at level ${formatPercent(LEVEL)}: where averages over a trajectory reach a largest exponent of zero, extrapolated by a parabola through eight inverse temperatures for each of 20 blocks of ${approachTokens / 20} tokens, lies within ±${formatNumber(tolerance)} of the place that the multipliers give.`;
  const crossings = approach === undefined ? new Float64Array(0) : measuredCrossings(approach);
  if (branch.first === undefined || crossings.length === 0) {
    return { ...words, outcome: "undecided", rule, because: branch.first === undefined ? "The orbit keeps its stability all the way, or was not found." : "The trajectory from the first output feature is missing, or its exponents do not approach zero." };
  }
  const { beta, kind, rotation } = branch.first;
  const test = equivalence(crossings, beta, { tolerance: { absolute: tolerance }, level: LEVEL, predictedError: branch.first.width, ...resampling(seed, "one-bit-bifurcation", "crossing") });
  const outcome = caveat !== undefined && test.outcome === "holds" ? "undecided" : test.outcome;
  const interval = [beta + test.interval[0], beta + test.interval[1]] as const;
  const turn = kind === "neimark-sacker" ? `a Neimark-Sacker bifurcation: a pair of multipliers leaves the unit circle turning by ${rotation.toFixed(7)} of a full turn per ${branch.period} tokens` : `a ${kind}`;
  return {
    ...words,
    outcome,
    rule,
    value: beta + test.value,
    interval,
    confidence: test.confidence,
    because: `The multipliers put it at β = ${beta.toFixed(10)}, ${turn}; a trajectory puts it at ${(beta + test.value).toFixed(6)} [${interval[0].toFixed(6)}, ${interval[1].toFixed(6)}]${caveat === undefined ? "" : `; ${caveat}`}.`,
    ...(outcome === "fails" ? { reason: "unexplained" as const } : {}),
  };
}

/** The most periodic points that are compared with their multipliers. */
const MOST_ORBITS = 24;
export interface OrbitComparison {
  readonly beta: number;
  readonly period: number;
  readonly predicted: number;
  readonly test: Equivalence;
}

/** Exponents of periodic trajectories against the multipliers of their orbits, at a joint level after Sidak. */
export async function compareOrbits({ whole, zoom }: BifurcationCase, { exponentTolerance: tolerance, burnIn, tokens }: BifurcationParameters, seed: string): Promise<readonly OrbitComparison[]> {
  const periodic = [...whole.points, ...zoom.points].filter((point) => firstStart(point)?.regime === "periodic" && firstStart(point)!.exponents[0]!.resolved);
  const chosen = periodic.filter((_, i) => periodic.length <= MOST_ORBITS || Math.floor((i * MOST_ORBITS) / periodic.length) !== Math.floor(((i - 1) * MOST_ORBITS) / periodic.length));
  const level = sidakLevel(LEVEL, chosen.length);
  const compared: OrbitComparison[] = [];
  for (const point of chosen) {
    const one = await compareOrbit(point, { level, tolerance, seed, settled: burnIn + tokens });
    if (one !== undefined) compared.push(one);
  }
  return compared;
}

const pair = oneBitDiagramPair();

async function compareOrbit(point: SettledPoint, { level, tolerance, seed, settled }: { level: number; tolerance: number; seed: string; settled: number }): Promise<OrbitComparison | undefined> {
  const row = firstStart(point)!;
  const beta = point.parameters["beta"] as number;
  const [theory] = pair.at({ ...point.parameters, burnIn: settled }).theories;
  if (!theory!.applies({ T: 200 }).applies) return undefined;
  const [prediction] = await theory!.predict({ T: 200 }, {});
  const predicted = prediction!.value[0]!;
  const test = equivalence(row.exponents[0]!.blocks, predicted, { tolerance: { absolute: tolerance }, level, predictedError: prediction!.numericalError[0]!, ...resampling(seed, "one-bit-bifurcation", "orbit", beta) });
  return { beta, period: row.period, predicted, test };
}

function orbitsVerdict(compared: readonly OrbitComparison[], { exponentTolerance: tolerance }: BifurcationParameters, caveat: string | undefined): Verdict {
  const words = { id: "exponents-of-orbits", subject: "largest exponents of periodic attractors: averages over T tokens against the multipliers of the orbit", unit: "nat per token" };
  const rule = `Two one-sided tests for each of ${compared.length} periodic trajectories, ${formatPercent(LEVEL)} together after Sidak: all intervals lie within ±${formatNumber(tolerance)} (holds), or some lies beyond (fails).`;
  if (compared.length === 0) return { ...words, outcome: "undecided", rule, because: "No periodic trajectory has an orbit that was resolved." };
  const worst = compared.reduce((a, b) => (Math.abs(b.test.value) > Math.abs(a.test.value) ? b : a));
  const fails = compared.some(({ test }) => test.outcome === "fails");
  const holds = caveat === undefined && compared.every(({ test }) => test.outcome === "holds");
  return {
    ...words,
    outcome: fails ? "fails" : holds ? "holds" : "undecided",
    rule,
    value: worst.test.value,
    interval: worst.test.interval,
    confidence: worst.test.confidence,
    at: `β = ${formatNumber(worst.beta, 6)}`,
    because: `The largest deviation is ${formatWithInterval(worst.test.value, worst.test.interval)}, at β = ${formatNumber(worst.beta, 6)}, period ${worst.period}, where the multipliers give ${formatNumber(worst.predicted, 6)}${caveat === undefined ? "" : `; ${caveat}`}.`,
    ...(fails ? { reason: "finite-size" as const } : {}),
  };
}

/** Points at which starts have settled apart. */
export function pointsApart({ whole, zoom }: BifurcationCase, { zero }: BifurcationParameters): readonly SettledPoint[] {
  return [...whole.points, ...zoom.points]
    .filter(({ rows }) => rows.some((row) => settledApart(rows[0]!, row, zero)))
    .sort((a, b) => (a.parameters["beta"] as number) - (b.parameters["beta"] as number));
}

function oneAttractorVerdict(found: BifurcationCase, settings: BifurcationParameters, caveat: string | undefined): Verdict {
  const apart = pointsApart(found, settings);
  const all = found.whole.points.length + found.zoom.points.length;
  const example = apart.map(({ parameters, rows }) => ({ beta: parameters["beta"] as number, rows: [rows[0]!, rows.find((row) => settledApart(rows[0]!, row, settings.zero))!] })).find(({ rows }) => rows.every(({ regime }) => regime !== "undecided"));
  const fails = apart.length > 0;
  return {
    id: "one-attractor",
    subject: "every start settles to the same attractor",
    outcome: fails ? "fails" : caveat === undefined && settings.starts >= 8 ? "holds" : "undecided",
    rule: `Fails where two of ${settings.starts} starts return after different periods, or have one of their two largest exponents differ by more than five standard errors and ${formatNumber(2 * settings.zero)}; holds if none do with at least eight starts at each β.`,
    value: apart.length / all,
    unit: "1",
    because: fails
      ? `At ${apart.length} of ${all} inverse temperatures the starts settle apart${example === undefined ? "" : `: at β = ${formatNumber(example.beta, 6)} to ${regimesTogether(example.rows)}`}.`
      : `At none of ${all} inverse temperatures do the starts settle apart${settings.starts < 8 ? `, but ${settings.starts} starts may miss much` : ""}${caveat === undefined ? "" : `; ${caveat}`}.`,
    ...(fails ? { reason: "selection" as const } : {}),
  };
}
