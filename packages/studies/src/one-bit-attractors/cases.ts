/** @file What the study runs: many starts at each inverse temperature, and which of them share the attractor of the first. */
import type { OutcomeTally } from "@mesoscope/contracts";
import { featureOf, oneBitNetwork, overlapSeries, tokenStart } from "@mesoscope/dmft/hopfield";
import type { Cell } from "@mesoscope/finite-size";
import { firstStart, planPoints, runPoints, settledApart, type PointPlan, type SettledPoint, type SettledRow } from "../one-bit-trajectories/settled-points.js";
import type { PlanRequest, StudyRequest } from "../study.js";
import { referenceAt, type ReferenceAttractor } from "./reference.js";
import type { AttractorParameters } from "./settings.js";

export interface AttractorCase {
  readonly beta: number;
  readonly point: SettledPoint;
  /** The trajectory from the first output feature. */
  readonly first: SettledRow | undefined;
  /** Trajectories that cannot be told from it. */
  readonly together: readonly SettledRow[];
  /** Those that settled elsewhere. */
  readonly apart: readonly SettledRow[];
  readonly reference: ReferenceAttractor | undefined;
  /** Half the side of the plane that is shown. */
  readonly reach: number;
}

/** Tokens of a look ahead that sets the sides of the planes. */
const LOOK = 20_000;
const SIDES = [0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.5, 0.7, 1] as const;

/** The least side that holds the first two overlaps of the trajectory from the first output feature. */
function reachAt(beta: number, burnIn: number): number {
  const network = oneBitNetwork("paper3", { beta });
  const series = overlapSeries(network, tokenStart(network), { burnIn, tokens: LOOK });
  const most = Math.max(...[0, 1].map((a) => featureOf(series, a).reduce((largest, value) => Math.max(largest, Math.abs(value)), 0)));
  return SIDES.find((side) => side > most) ?? 1;
}

function planOf({ betas, burnIn, tokens, starts, exponents, zero, bins, segment }: AttractorParameters): PointPlan & { readonly reaches: readonly number[] } {
  const reaches = betas.map((beta) => reachAt(beta, burnIn));
  const points = betas.map((beta, i) => ({ system: "paper3", beta, burnIn, exponents, zero, plane: bins, segment, low: -reaches[i]!, high: reaches[i]! }));
  return { points, tokens, replicas: starts, block: 2, reaches };
}

export function planAttractors(request: PlanRequest): readonly Cell[] {
  return planPoints(planOf(request.parameters as AttractorParameters), request);
}

export async function runAttractors(request: StudyRequest): Promise<{ readonly cases: readonly AttractorCase[]; readonly tally: OutcomeTally }> {
  const settings = request.parameters as AttractorParameters;
  const plan = planOf(settings);
  const { points, tally } = await runPoints(plan, request, request.context);
  return { cases: points.map((point, i) => caseOf(point, plan.reaches[i]!, settings.zero)), tally };
}

function caseOf(point: SettledPoint, reach: number, zero: number): AttractorCase {
  const beta = point.parameters["beta"] as number;
  const first = firstStart(point);
  const isApart = (row: SettledRow): boolean => first === undefined || settledApart(first, row, zero);
  return { beta, point, first, together: point.rows.filter((row) => !isApart(row)), apart: point.rows.filter(isApart), reference: referenceAt(beta), reach };
}

/** One trajectory of each attractor that was told apart, that of the first output feature first. */
export function representatives({ first, apart }: AttractorCase, zero: number): readonly SettledRow[] {
  const found: SettledRow[] = first === undefined ? [] : [first];
  for (const row of apart) if (found.every((known) => settledApart(known, row, zero))) found.push(row);
  return found;
}

/** Blocks of one exponent, of all trajectories on the attractor of the first. */
export function pooledBlocks({ together }: AttractorCase, rank: number): Float64Array {
  return Float64Array.from(together.flatMap(({ exponents }) => [...exponents[rank - 1]!.blocks]));
}

/** Their mean with its standard error. */
export function pooled(one: AttractorCase, rank: number): { readonly value: number; readonly error: number } | undefined {
  if (one.together.length === 0 || one.together.some(({ exponents }) => exponents[rank - 1]?.resolved !== true)) return undefined;
  const blocks = pooledBlocks(one, rank);
  const n = blocks.length;
  const value = blocks.reduce((sum, x) => sum + x, 0) / n;
  return { value, error: Math.sqrt(blocks.reduce((sum, x) => sum + (x - value) * (x - value), 0) / (n * (n - 1))) };
}
