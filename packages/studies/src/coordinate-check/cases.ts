/** @file What is run: one size grows, the others stay; and the power of it with which every coordinate moves. */
import type { Context, Parameters } from "@mesoscope/contracts";
import { coordinateMovementPair, coordinatesOf, movementSetting, promisedPower, type Coordinate, type MovementSetting, type PromisedPower, type SizeAxis } from "@mesoscope/dmft/transformer";
import { divergedCaveat, fitExponent, planSimulation, simulate, summarise, type Cell, type Design, type Ensemble, type Exponent } from "@mesoscope/finite-size";
import { key } from "@mesoscope/numerics";
import { jointConfidence } from "../findings/joint-confidence.js";
import type { PlanRequest, StudyRequest } from "../study.js";
import type { CheckParameters } from "./settings.js";

export const CONFIDENCE = 0.95;
/** A law that fits worse than this has no power to speak of. */
export const LEAST_GOODNESS = 1e-3;
/** Powers of mean squares that are searched, as a fall. */
const RANGE = [-2.5, 4.5] as const;
/** Weight of the branches of deep networks: corrections by depth are its powers over L. */
const DEEP_BETA = 0.5;
const REPLICAS_PER_CELL = 16;
/** Networks at any size. */
const FEWEST = 8;

/** One axis of one parameterisation. */
export interface MovementCase {
  readonly id: string;
  readonly title: string;
  readonly axis: SizeAxis;
  readonly parameters: Parameters;
  readonly design: Design;
  /** A known-wrong parameterisation, judged by the promises of the mean-field scheme as well. */
  readonly isControl: boolean;
}

/** How one coordinate moves. */
export interface CoordinatePower {
  readonly coordinate: Coordinate;
  /** Root mean square movement at each size, with intervals. */
  readonly movement: readonly { readonly n: number; readonly value: number; readonly interval: readonly [number, number] }[];
  /** Power of the root mean square; all intervals of a case hold together with 95 % confidence. */
  readonly power: number;
  readonly interval: readonly [number, number];
  readonly goodness: number;
  /** False where the fit says nothing: it ended at a bound, or the law does not fit. */
  readonly isTold: boolean;
  readonly promised: PromisedPower;
  readonly outcome: PowerOutcome;
}

export type PowerOutcome = "holds" | "fails" | "undecided" | "not-promised";

export interface CheckedCase extends MovementCase {
  readonly powers: readonly CoordinatePower[];
  readonly ensembles: readonly Ensemble[];
  readonly caveat: string | undefined;
  /** For a control: what the mean-field scheme would promise, and the outcomes against that, in the order of the powers. */
  readonly meanField: readonly PromisedPower[];
  readonly asMeanField: readonly PowerOutcome[];
}

export function casesOf(settings: CheckParameters): readonly MovementCase[] {
  const { task, mlp, eta0, adamEta0, steps, widths, headCounts, depths, replicas } = settings;
  const own: Parameters = { task, mlp, positions: "learned", steps, alphaA: 1, alphaL: 1, eta0 };
  const along = (axis: SizeAxis, sizes: readonly number[], fixed: Readonly<Record<string, number>>): Design => ({ axis, sizes, fixed, replicas: networksAt(axis, sizes, replicas), block: REPLICAS_PER_CELL });
  const wide = along("N", widths, { H: 1, L: 1 });
  const deep = along("L", depths, { N: 5, H: 2 });
  return [
    { id: "width", title: "wider heads", axis: "N", parameters: own, design: wide, isControl: false },
    { id: "heads", title: "more heads", axis: "H", parameters: own, design: along("H", headCounts, { N: 5, L: 1 }), isControl: false },
    { id: "depth", title: "more blocks, α_L = 1", axis: "L", parameters: { ...own, beta0: DEEP_BETA }, design: deep, isControl: false },
    { id: "depth-half", title: "more blocks, α_L = 1/2", axis: "L", parameters: { ...own, beta0: DEEP_BETA, alphaL: 0.5 }, design: deep, isControl: false },
    { id: "width-adam", title: "wider heads, Adam", axis: "N", parameters: { ...own, optimiser: "adam", eta0: adamEta0 }, design: wide, isControl: false },
    { id: "width-ntk", title: "wider heads, NTK scheme", axis: "N", parameters: { ...own, scheme: "ntk" }, design: wide, isControl: true },
  ];
}

/** Where networks tell most for their cost: those with wide or many heads average over themselves, so that their spread falls with the size, deep ones do not. */
function networksAt(axis: SizeAxis, sizes: readonly number[], most: number): readonly number[] {
  return sizes.map((n) => {
    const share = sizes[0]! / n;
    return Math.max(FEWEST, Math.round(most * (axis === "L" ? Math.sqrt(share) : share)));
  });
}

export function planCheck({ parameters, seed, backend }: PlanRequest): readonly Cell[] {
  const pair = coordinateMovementPair({ backend });
  return casesOf(parameters as CheckParameters).flatMap((one) => planSimulation(pair, one.parameters, one.design, seed));
}

export async function runCase(one: MovementCase, { parameters, seed, runCells, backend }: StudyRequest, context: Context): Promise<CheckedCase> {
  const { tolerance, resamples } = parameters as CheckParameters;
  const ensembles = await simulate(coordinateMovementPair({ backend }), one.parameters, one.design, { seed, runCells, context });
  const setting = movementSetting(one.parameters);
  const coordinates = coordinatesOf(setting.architecture);
  const confidence = jointConfidence(CONFIDENCE, coordinates.length);
  const powers = coordinates.map((coordinate): CoordinatePower => {
    const promised = promisedPower(coordinate, setting, one.axis);
    const found = measured(coordinate, ensembles, { confidence, resamples, stream: (n) => key(seed).fold("coordinate-check", one.id, coordinate.id, n).stream() });
    return { coordinate, ...found, promised, outcome: judged(found, promised, tolerance) };
  });
  const asked: MovementSetting = { ...setting, parameterisation: { ...setting.parameterisation, scheme: "mean-field" } };
  const meanField = one.isControl ? coordinates.map((coordinate) => promisedPower(coordinate, asked, one.axis)) : [];
  const asMeanField = meanField.map((promise, i) => judged(powers[i]!, promise, tolerance));
  const caveat = ensembles.map((ensemble) => divergedCaveat(ensemble)).find((clause) => clause !== undefined);
  return { ...one, powers, ensembles, caveat, meanField, asMeanField };
}

type Measured = Pick<CoordinatePower, "movement" | "power" | "interval" | "goodness" | "isTold">;

/** The power of the mean square, halved, with a correction of relative order 1/n always fitted. */
function measured({ id }: Coordinate, ensembles: readonly Ensemble[], { confidence, resamples, stream }: { confidence: number; resamples: number; stream: (n: number) => ReturnType<ReturnType<typeof key>["stream"]> }): Measured {
  const sizes = ensembles.map(({ n }) => n);
  const summaries = ensembles.map((ensemble) => summarise(ensemble.values(id), 1, { resamples, stream: stream(ensemble.n) }));
  const curve = { values: summaries.map(({ mean }) => mean[0]!), standardErrors: summaries.map(({ meanError }) => meanError[0]!), resampled: summaries.map(({ resampledMean }) => resampledMean) };
  const { exponent } = fitExponent(sizes, [curve], { confidence, corrections: true, range: RANGE });
  const movement = summaries.map(({ mean, resampledMean }, k) => ({ n: sizes[k]!, value: Math.sqrt(mean[0]!), interval: rootPercentiles(resampledMean) }));
  return { movement, power: 0 - exponent.fit.exponent / 2, interval: [0 - exponent.interval[1] / 2, 0 - exponent.interval[0] / 2], goodness: exponent.fit.goodness, isTold: isTold(exponent) };
}

function isTold({ fit }: Exponent): boolean {
  return !fit.atBound && fit.goodness >= LEAST_GOODNESS;
}

function rootPercentiles(resampled: Float64Array): readonly [number, number] {
  const sorted = resampled.slice().sort();
  const at = (p: number): number => Math.sqrt(Math.max(0, sorted[Math.round(p * (sorted.length - 1))]!));
  return [at((1 - CONFIDENCE) / 2), at((1 + CONFIDENCE) / 2)];
}

/** Equivalence to the promised power: the whole interval within the tolerance, or all of it beyond. */
function judged({ interval: [low, high], isTold: told }: Pick<Measured, "interval" | "isTold">, { power }: PromisedPower, tolerance: number): PowerOutcome {
  if (power === undefined) return "not-promised";
  if (!told) return "undecided";
  if (low >= power - tolerance && high <= power + tolerance) return "holds";
  return high < power - tolerance || low > power + tolerance ? "fails" : "undecided";
}
