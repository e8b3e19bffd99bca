/** @file What the study runs: a grid of points, and the place at which the forced orbit loses its stability for each gamma. */
import type { OutcomeTally, Parameters } from "@mesoscope/contracts";
import type { Cell } from "@mesoscope/finite-size";
import { forcedBranch } from "../one-bit-trajectories/forced-branch.js";
import { evenly, firstStart, planPoints, runPoints, type PointPlan, type SettledPoint } from "../one-bit-trajectories/settled-points.js";
import type { PlanRequest, StudyRequest } from "../study.js";
import type { PhaseMapParameters } from "./settings.js";

/** Where the forced orbit loses its stability at one gamma. */
export interface BoundaryPoint {
  readonly gamma: number;
  readonly beta: number;
  readonly kind: string;
}

export interface PhaseMap {
  readonly betas: readonly number[];
  readonly gammas: readonly number[];
  /** (gammas, betas) row-major. */
  readonly points: readonly SettledPoint[];
  /** Only gammas at which it was found; others keep the forced orbit all the way. */
  readonly boundary: readonly BoundaryPoint[];
  /** Period of the positions. */
  readonly forced: number;
  readonly tally: OutcomeTally;
}

/** The most gammas at which the boundary is located. */
const MOST_LOCATED = 50;

function planOf({ lowBeta, highBeta, betas, lowGamma, highGamma, gammas, burnIn, tokens, starts, zero }: PhaseMapParameters): PointPlan & Pick<PhaseMap, "betas" | "gammas"> {
  const [along, up] = [evenly(lowBeta, highBeta, betas), evenly(lowGamma, highGamma, gammas)];
  const points = up.flatMap((gamma) => along.map((beta): Parameters => ({ system: "paper3", beta, gamma, burnIn, zero, exponents: 2 })));
  return { points, tokens, replicas: starts, betas: along, gammas: up };
}

export function planPhaseMap(request: PlanRequest): readonly Cell[] {
  return planPoints(planOf(request.parameters as PhaseMapParameters), request);
}

export async function runPhaseMap(request: StudyRequest): Promise<PhaseMap> {
  const settings = request.parameters as PhaseMapParameters;
  const { betas, gammas, ...plan } = planOf(settings);
  const { points, tally } = await runPoints(plan, request, request.context);
  const located = gammas.filter((_, i) => i % Math.ceil(gammas.length / MOST_LOCATED) === 0).map((gamma) => ({ gamma, branch: forcedBranch({ gamma, high: settings.highBeta }, 1) }));
  const boundary = located.flatMap(({ gamma, branch: { first } }) => (first === undefined ? [] : [{ gamma, beta: first.beta, kind: first.kind }]));
  return { betas, gammas, points, boundary, forced: located[0]!.branch.period, tally };
}

/** Kinds of points in the order of the colours of the map, from order to chaos. */
export const KINDS = ["forced period", "longer period", "undecided", "quasi-periodic", "chaos", "hyperchaos"] as const;
export type Kind = (typeof KINDS)[number];

/** The kind of one point, from the first output feature. */
export function kindOf(point: SettledPoint, forced: number): Kind {
  const row = firstStart(point);
  if (row === undefined || row.regime === "undecided") return "undecided";
  if (row.regime === "periodic" || row.regime === "fixed-point") return row.period <= forced ? "forced period" : "longer period";
  return row.regime;
}

/** Beta of the boundary at a gamma, between the located ones; undefined outside them. */
export function boundaryAt(boundary: readonly BoundaryPoint[], gamma: number): number | undefined {
  const above = boundary.findIndex((one) => one.gamma >= gamma);
  if (above < 0) return undefined;
  const high = boundary[above]!;
  if (high.gamma === gamma) return high.beta;
  const low = boundary[above - 1];
  return low === undefined ? undefined : low.beta + ((high.beta - low.beta) * (gamma - low.gamma)) / (high.gamma - low.gamma);
}
