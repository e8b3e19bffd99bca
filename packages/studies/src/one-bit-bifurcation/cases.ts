/** @file What the study runs: two diagrams, an approach to the first bifurcation, and journeys up and down. */
import type { Context, OutcomeTally, Parameters } from "@mesoscope/contracts";
import { oneBitContinuationPair } from "@mesoscope/dmft/hopfield";
import { gather, planSimulation, type Cell, type Design } from "@mesoscope/finite-size";
import { evenly, planPoints, runPoints, type PointPlan, type SettledPoint } from "../one-bit-trajectories/settled-points.js";
import { distinctCells } from "../findings/distinct-cells.js";
import { shareProgress } from "../findings/progress.js";
import { addTallies } from "../findings/tally.js";
import type { PlanRequest, StudyRequest } from "../study.js";
import { forcedBranch, type ForcedBranch } from "../one-bit-trajectories/forced-branch.js";
import type { BifurcationParameters } from "./settings.js";

/** A diagram: points by ascending beta. */
export interface Diagram {
  readonly betas: readonly number[];
  readonly points: readonly SettledPoint[];
  /** Range of the first output overlap that is shown. */
  readonly range: readonly [number, number];
}

/** One journey by one start: by beta, whatever the direction of travel. */
export interface Journey {
  readonly direction: "up" | "down";
  readonly betas: readonly number[];
  readonly periods: readonly number[];
  /** (betas, bins) shares. */
  readonly occupation: readonly Float64Array[];
  readonly meanSquares: readonly number[];
  readonly meanSquareErrors: readonly number[];
}

export interface BifurcationCase {
  readonly whole: Diagram;
  readonly zoom: Diagram;
  readonly branch: ForcedBranch;
  /** Points just below the first bifurcation, where there is one. */
  readonly approach: Diagram | undefined;
  readonly journeys: readonly Journey[];
  readonly tally: OutcomeTally;
}

const WHOLE_RANGE = [-1, 1] as const;
const ZOOM_RANGE = [-0.5, 0.5] as const;
/** Betas of the approach, and how far below the bifurcation they lie: far enough to settle, near enough for a parabola. */
const APPROACH_BETAS = 8;
const APPROACH = [0.03, 0.004] as const;
const JOURNEY_STARTS = 2;

export function planBifurcation(request: PlanRequest): readonly Cell[] {
  const settings = request.parameters as BifurcationParameters;
  const plans = [wholePlan(settings), zoomPlan(settings), ...approachPlan(settings, forcedBranch(settings))];
  return distinctCells([...plans.flatMap((plan) => planPoints(plan, request)), ...journeyCells(settings, request.seed)]);
}

export async function runBifurcation(request: StudyRequest): Promise<BifurcationCase> {
  const settings = request.parameters as BifurcationParameters;
  const branch = forcedBranch(settings);
  const [whole, zoom, ...approach] = [wholePlan(settings), zoomPlan(settings), ...approachPlan(settings, branch)] as [PointPlan, PointPlan, ...PointPlan[]];
  const weightOf = ({ points, tokens, replicas }: PointPlan): number => points.length * replicas * (tokens + settings.burnIn / 8);
  const journeyWeight = 2 * JOURNEY_STARTS * settings.journeyBetas * settings.journeyTokens * 0.25;
  const contexts = shareProgress(request.context, [...[whole, zoom, ...approach].map(weightOf), journeyWeight]);
  const run = async (plan: PointPlan, range: Diagram["range"], context: Context): Promise<{ diagram: Diagram; tally: OutcomeTally }> => {
    const { points, tally } = await runPoints(plan, request, context);
    return { diagram: { betas: points.map(({ parameters }) => parameters["beta"] as number), points, range }, tally };
  };
  const first = await run(whole, WHOLE_RANGE, contexts[0]!);
  const second = await run(zoom, ZOOM_RANGE, contexts[1]!);
  const third = approach[0] === undefined ? undefined : await run(approach[0], ZOOM_RANGE, contexts[2]!);
  const { journeys, tally } = await runJourneys(settings, request, contexts.at(-1)!);
  const tallies = [["whole diagram", first.tally], ["enlarged part", second.tally], ...(third === undefined ? [] : [["approach", third.tally]] as const), ["journeys", tally]] as const;
  return { whole: first.diagram, zoom: second.diagram, branch, approach: third?.diagram, journeys, tally: addTallies(tallies.map(([title, one]) => ({ title, tally: one }))) };
}

function trajectory(settings: BifurcationParameters, beta: number, more: Parameters): Parameters {
  return { system: "paper3", gamma: settings.gamma, beta, burnIn: settings.burnIn, zero: settings.zero, ...more };
}

function diagramPlan(settings: BifurcationParameters, betas: readonly number[], [low, high]: Diagram["range"]): PointPlan {
  const more = { exponents: settings.exponents, bins: settings.bins, low, high };
  return { points: betas.map((beta) => trajectory(settings, beta, more)), tokens: settings.tokens, replicas: settings.starts };
}

function wholePlan(settings: BifurcationParameters): PointPlan {
  return diagramPlan(settings, evenly(settings.low, settings.high, settings.betas), WHOLE_RANGE);
}

function zoomPlan(settings: BifurcationParameters): PointPlan {
  return diagramPlan(settings, evenly(settings.zoomLow, settings.zoomHigh, settings.zoomBetas), ZOOM_RANGE);
}

function approachPlan(settings: BifurcationParameters, { first }: ForcedBranch): readonly PointPlan[] {
  if (first === undefined || first.beta <= APPROACH[0]) return [];
  const betas = evenly(first.beta - APPROACH[0], first.beta - APPROACH[1], APPROACH_BETAS);
  return [{ points: betas.map((beta) => trajectory(settings, beta, { exponents: 2 })), tokens: settings.approachTokens, replicas: 2 }];
}

const journeyPair = oneBitContinuationPair();

function journeyParameters({ gamma, zoomLow, zoomHigh, journeyBetas, journeyTokens, bins }: BifurcationParameters, direction: Journey["direction"]): Parameters {
  const [from, to] = direction === "up" ? [zoomLow, zoomHigh] : [zoomHigh, zoomLow];
  return { system: "paper3", gamma, from, to, betas: journeyBetas, burnIn: journeyTokens, bins, low: ZOOM_RANGE[0], high: ZOOM_RANGE[1] };
}

const directions = ["up", "down"] as const;

function journeyDesign({ journeyTokens }: BifurcationParameters): Design {
  return { axis: "T", sizes: [journeyTokens], replicas: JOURNEY_STARTS, block: 1 };
}

function journeyCells(settings: BifurcationParameters, seed: string): readonly Cell[] {
  return directions.flatMap((direction) => planSimulation(journeyPair, journeyParameters(settings, direction), journeyDesign(settings), seed));
}

async function runJourneys(settings: BifurcationParameters, { seed, runCells }: StudyRequest, context: Context): Promise<{ journeys: readonly Journey[]; tally: OutcomeTally }> {
  const batches = await runCells(journeyCells(settings, seed), context);
  const tallies: { title: string; tally: OutcomeTally }[] = [];
  const journeys = directions.flatMap((direction, d) => {
    const parameters = journeyParameters(settings, direction);
    const { observables } = journeyPair.at(parameters);
    const own = JOURNEY_STARTS * d;
    const cells = planSimulation(journeyPair, parameters, journeyDesign(settings), seed);
    const ensemble = gather(journeyDesign(settings), cells, batches.slice(own, own + JOURNEY_STARTS), observables)[0]!;
    tallies.push({ title: direction, tally: { completed: ensemble.completed, diverged: ensemble.diverged, censored: 0, notes: ensemble.notes.map((note) => ({ ...note, where: `T = ${settings.journeyTokens}` })) } });
    const { values: betas } = observables[0]!.grid!;
    const row = (id: string, r: number): Float64Array => {
      const length = ensemble.values(id).length / ensemble.completed;
      return ensemble.values(id).subarray(r * length, (r + 1) * length);
    };
    return Array.from({ length: ensemble.completed }, (_, r): Journey => {
      const occupation = row("occupation", r);
      const ascending = betas.map((__, i) => (direction === "up" ? i : betas.length - 1 - i));
      return {
        direction,
        betas: ascending.map((i) => betas[i]!),
        periods: ascending.map((i) => row("period", r)[i]!),
        occupation: ascending.map((i) => occupation.subarray(i * settings.bins, (i + 1) * settings.bins)),
        meanSquares: ascending.map((i) => row("mean-square", r)[i]!),
        meanSquareErrors: ascending.map((i) => row("mean-square-error", r)[i]!),
      };
    });
  });
  return { journeys, tally: addTallies(tallies) };
}
