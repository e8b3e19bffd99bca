/** @file The cases of the study: each is one comparison of the pair "circle-emergence" at its own parameters. */
import type { Context, Parameters } from "@mesoscope/contracts";
import { checkDesign, compareEnsembles, planControls, planSimulation, runControls, simulate, slug, type Cell, type Comparison, type ControlDesign, type Design, type Ensemble, type ReasonRule, type Statement } from "@mesoscope/finite-size";
import { circleEmergencePair, type LinearModel } from "@mesoscope/mean-field-pde";
import { distinctCells } from "../findings/distinct-cells.js";
import { flowInWords } from "../findings/flows.js";
import { shareProgress } from "../findings/progress.js";
import type { PlanRequest, StudyRequest } from "../study.js";
import { selectionOf, type SelectionResult } from "./selection.js";
import type { EmergenceParameters } from "./settings.js";

export const LEVEL = 0.05;
export const CONFIDENCE = 0.95;
const REPLICAS_PER_CELL = 256;

export interface Case {
  readonly id: string;
  readonly title: string;
  /** True where one mode dominates, false where several compete. */
  readonly single: boolean;
  readonly parameters: Parameters & { readonly flow: "SA" | "USA"; readonly beta: number; readonly r: number };
  readonly design: Design;
}

export interface CaseResult extends Case {
  readonly comparison: Comparison;
  readonly ensembles: readonly Ensemble[];
  /** First departures of any mode at the largest size, censored ones left out. */
  readonly firstDepartures: Float64Array;
  /** Which mode departed first, at the largest size. */
  readonly selection: SelectionResult;
}

/** One dominant mode for every threshold, then rival modes for every beta; SA and USA each. */
export function casesOf(settings: EmergenceParameters): readonly Case[] {
  const { beta, thresholds, sizes, replicas, rivalBetas, rivalThreshold, rivalSizes, rivalReplicas } = settings;
  const flows = ["SA", "USA"] as const;
  const single = flows.flatMap((flow) => [...new Set(thresholds)].map((r) => caseOf({ flow, beta, r }, true, { axis: "n", sizes, replicas, block: REPLICAS_PER_CELL })));
  const rival = [...new Set(rivalBetas)].flatMap((b) =>
    flows.map((flow) => caseOf({ flow, beta: b, r: rivalThreshold }, false, { axis: "n", sizes: rivalSizes, replicas: rivalReplicas, block: REPLICAS_PER_CELL })),
  );
  const cases = [...single, ...rival];
  // Refused before anything runs, not after the cases that come first.
  for (const { design } of cases) checkDesign(design);
  return cases;
}

function caseOf(parameters: Case["parameters"], single: boolean, design: Design): Case {
  const { flow, beta, r } = parameters;
  const title = `${flowInWords(flow)}, β = ${beta}, r = ${r}`;
  return { id: slug(`${single ? "one" : "rivals"}-${flow}-${beta}-${r}`), title, single, parameters, design };
}

/** What a case costs beside others: replica-tokens times the time until departure, which falls with the growth rate only. */
export function weightOfCase({ design }: Case): number {
  const replicas = typeof design.replicas === "number" ? design.replicas : 0;
  return replicas * design.sizes.reduce((sum, n) => sum + n + 200, 0);
}

/** The cells of a case. */
export function planCase({ parameters, design }: Case, request: PlanRequest): readonly Cell[] {
  const pair = circleEmergencePair({ backend: request.backend });
  const controls = controlsOf(design, request);
  return distinctCells([...planSimulation(pair, parameters, design, request.seed), ...(controls === undefined ? [] : planControls(pair, parameters, controls, request.seed))]);
}

/** The controls of a case, at its smallest size. */
function controlsOf({ axis, sizes, replicas, block }: Design, { parameters }: PlanRequest): ControlDesign | undefined {
  const tried = Math.min((parameters as EmergenceParameters).controls, typeof replicas === "number" ? replicas : replicas[0]!);
  return tried < 2 ? undefined : { axis, n: sizes[0]!, replicas: tried, block };
}

/** Simulates a case and compares it with both laws. */
export async function runCase(one: Case, request: StudyRequest, context: Context): Promise<CaseResult> {
  const pair = circleEmergencePair({ backend: request.backend });
  const { tolerance } = request.parameters as EmergenceParameters;
  const [forControls, forSizes] = shareProgress(context, [1, 9]);
  const options = { seed: request.seed, runCells: request.runCells };
  const observables = one.single ? ["departure"] : ["departure", "first-departure"];
  const tried = controlsOf(one.design, request);
  const controls = tried === undefined ? [] : await runControls(pair, one.parameters, tried, { ...options, tolerance: { relative: tolerance }, level: LEVEL, observables, context: forControls! });
  const ensembles = await simulate(pair, one.parameters, one.design, { ...options, context: forSizes! });
  const compared = await compareEnsembles(
    pair,
    one.parameters,
    one.design,
    ensembles,
    {
      seed: request.seed,
      tolerance: { relative: tolerance, spread: tolerance },
      observables,
      controls,
      level: LEVEL,
      confidence: CONFIDENCE,
      reasons: [rivalsDepartFirst],
    },
    context,
  );
  const comparison = withoutInventedCause(compared);
  const largest = ensembles.at(-1)!;
  const censored = largest.censored("first-departure");
  const grid = pair.at(one.parameters).observables.find(({ id }) => id === "wins")!.grid!;
  return {
    ...one,
    comparison,
    ensembles,
    firstDepartures: largest.values("first-departure").filter((_, i) => censored?.[i] !== 1),
    selection: selectionOf(largest, grid.values, modelOf(one), one.parameters.r, CONFIDENCE),
  };
}

/** What is asked where one mode dominates: mean and spread of its law; the noise of the second harmonic changes the spread alone. */
export function isAskedOfOneMode({ observable, quantity, theory }: Statement): boolean {
  return observable === "departure" && (quantity === "spread" || (quantity === "mean" && theory.id === "limit"));
}

/** What is asked where modes compete: both laws for the first departure, that of one mode for its own. */
export function isAskedOfRivals({ observable, quantity, theory }: Statement): boolean {
  if (observable === "departure") return quantity === "mean" && theory.id === "limit";
  return quantity === "mean" || (quantity === "spread" && theory.id === "corrected");
}

/** Selection explains nothing where the law of competing modes fails as well. */
function withoutInventedCause(comparison: Comparison): Comparison {
  const raceFails = comparison.statements.some(({ observable, theory, quantity, outcome }) => observable === "first-departure" && theory.id === "corrected" && quantity === "mean" && outcome === "fails");
  if (!raceFails) return comparison;
  return { ...comparison, statements: comparison.statements.map((one) => (one.reason === "selection" ? unexplained(one) : one)) };
}

function unexplained({ evidence: _, ...statement }: Statement): Statement {
  return { ...statement, reason: "unexplained" };
}

/** The model of a case, as the laws take it. */
export function modelOf({ parameters: { flow, beta } }: Case): LinearModel {
  return { flow, beta, d: 2 };
}

/**
 * The single-mode law fails because another mode may depart first: its own meter says how often. That explains a first departure that
 * comes too early, and a dominant mode that comes too late; nothing else.
 */
const rivalsDepartFirst: ReasonRule = ({ theory, observable, quantity, bySize }) => {
  if (theory !== "limit" || quantity !== "mean") return undefined;
  const last = bySize.at(-1);
  const deviation = last?.entries[last.worst]?.value ?? 0;
  if (observable.id === "first-departure" ? deviation > 0 : deviation < 0) return undefined;
  const meter = last?.applicability.meters.find(({ meaning }) => meaning === "probability that another mode departs first");
  if (last === undefined || meter === undefined || meter.value <= meter.threshold) return undefined;
  return { reason: "selection", because: `at n = ${last.n} another mode departs first with probability ${meter.value.toFixed(2)}, which this law leaves out` };
};
