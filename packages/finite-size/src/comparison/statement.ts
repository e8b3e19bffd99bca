/** @file A statement: what one theory says of one quantity of one observable, judged over all sizes. */
import type { Parameters, Theory } from "@mesoscope/contracts";
import type { Column } from "./column.js";
import type { Evidence, JudgedOutcome, Quantity, SizeFinding, Statement } from "./comparison.js";
import { extrapolationOf, type PredictedMean } from "./extrapolation.js";
import type { Draft } from "./finding.js";
import type { Groups } from "./groups.js";
import { growthOf } from "./growth.js";
import { outcomesBySize, reachOf, typicalOutcomes } from "./outcome.js";
import { describeGroups } from "./reasons/groups.js";
import { reasonOf } from "./reasons/reason.js";
import { biasScaling, certifiedOf, nStarOf, type Scaling, type SizePoint } from "./scaling.js";
import type { Settings } from "./settings.js";
import { becauseOf } from "../words/because.js";

export interface StatementInput {
  readonly parameters: Parameters;
  readonly theory: Theory;
  readonly column: Column;
  readonly quantity: Quantity;
  readonly judged: boolean;
  readonly axis: string;
  readonly drafts: readonly Draft[];
  readonly joint: readonly SizeFinding["jointOutcome"][];
  readonly predictedExponent: number | undefined;
  readonly settings: Settings;
}

/** A statement, and the scaling with its resamples that comparisons between statements need. */
export interface Made {
  readonly statement: Statement;
  readonly scaling: Scaling | undefined;
}

/** Puts the findings of all sizes together: outcome, exponent, N*, reason, and one sentence with the evidence. */
export function makeStatement(input: StatementInput): Made {
  const { theory, column, quantity, judged, settings, predictedExponent } = input;
  const bySize = findingsOf(input);
  const points = pointsOf(column, bySize);
  const scaling = quantity === "mean" ? biasScaling(points, settings) : quantity === "spread" ? column.spread : undefined;
  const certified = certifiedOf(bySize);
  const groups = quantity === "mean" ? groupsOf(input, bySize) : undefined;
  const split = groups === undefined ? undefined : `${describeGroups(groups)}: the mean speaks for neither`;
  const nStar = quantity === "mean" ? nStarOf({ findings: bySize, points, certified, bias: scaling, predictedExponent, options: settings, split }) : undefined;
  const extrapolation = quantity === "mean" ? extrapolationOf(predictedMeans(column, bySize), predictedExponent, settings.confidence) : undefined;
  const evidence: Evidence = {
    parameters: input.parameters,
    axis: input.axis,
    observable: column.observable,
    theory: theory.id,
    quantity,
    bySize,
    controls: settings.controls,
    ...present("exponent", scaling?.exponent),
    ...present("predictedExponent", predictedExponent),
    ...present("groups", groups),
    ...present("growth", growthOf(column.observable, column.summaries.at(-1), settings.confidence)),
  };
  const outcome = judged ? overall(bySize) : "undecided";
  const failing = bySize.some((finding) => finding.outcome === "fails") || outcome === "fails";
  const found = judged && failing ? reasonOf(evidence, settings.reasons) : undefined;
  const statement: Statement = {
    theory: { id: theory.id, title: theory.title },
    observable: column.observable.id,
    quantity,
    judged,
    bySize,
    ...present("exponent", scaling?.exponent),
    ...present("predictedExponent", predictedExponent),
    ...present("nStar", nStar),
    ...present("certifiedFrom", certified.reached ? certified.value : undefined),
    ...present("groups", groups),
    ...present("extrapolation", extrapolation),
    outcome,
    // The reason is also told where the theory holds from some size on and fails below it.
    ...present("reason", found?.reason),
    ...present("evidence", found?.because),
    because: becauseOf(input.axis, certified, bySize, worthSaying(outcome, found), judged),
  };
  return { statement, scaling };
}

/** A member if it has a value: absent members keep records short. */
function present<K extends string, V>(name: K, value: V | undefined): Partial<Record<K, V>> {
  return value === undefined ? {} : ({ [name]: value } as Record<K, V>);
}

function findingsOf({ drafts, joint, quantity, column, settings }: StatementInput): readonly SizeFinding[] {
  const { level, multiplicity } = settings;
  const outcomes = outcomesBySize(drafts, level, multiplicity);
  const typical = quantity === "mean" ? typicalOutcomes(drafts, outcomes, level, multiplicity) : [];
  const times = column.observable.grid?.isTime === true && quantity !== "law" ? column.observable.grid.values : undefined;
  return drafts.map((draft, k): SizeFinding => {
    const reach = times === undefined || !draft.applies ? undefined : reachOf(drafts, k, level, multiplicity);
    return {
      ...draft.finding,
      outcome: outcomes[k]!,
      jointOutcome: joint[k]!,
      ...present("typical", typical[k]),
      ...present("holdsUntil", times?.[reach?.holdsUntil ?? -1]),
      ...present("failsFrom", times?.[reach?.failsFrom ?? -1]),
    };
  });
}

/** Groups of replicas at the largest size of the theory, at the entry that is farthest from holding. */
function groupsOf({ column }: StatementInput, bySize: readonly SizeFinding[]): Groups | undefined {
  const k = bySize.findLastIndex(({ outcome, entries }) => outcome !== "not-applicable" && entries.length > 0);
  return k < 0 ? undefined : column.groupsAt(k, bySize[k]!.worst);
}

/** Where a theory holds from some size on, that nobody knows why it fails below is no news. */
function worthSaying(outcome: JudgedOutcome, found: ReturnType<typeof reasonOf> | undefined): string | undefined {
  return outcome === "holds" && found?.reason === "unexplained" ? undefined : found?.because;
}

function pointsOf({ summaries }: Column, bySize: readonly SizeFinding[]): readonly SizePoint[] {
  return bySize.flatMap((finding, k) => {
    const summary = summaries[k];
    return summary === undefined || finding.outcome === "not-applicable" || finding.entries.length === 0 ? [] : [{ finding, summary }];
  });
}

function predictedMeans({ summaries }: Column, bySize: readonly SizeFinding[]): readonly PredictedMean[] {
  return bySize.flatMap(({ n, predicted, numericalError }, k) => {
    const summary = summaries[k];
    return summary === undefined || predicted.length === 0 ? [] : [{ n, summary, predicted: predicted[0]!, numericalError: numericalError[0] ?? 0 }];
  });
}

/** Holds from some size on if the largest holds; fails or is undecided as the largest is; a theory that speaks about no size fails. */
function overall(bySize: readonly SizeFinding[]): JudgedOutcome {
  const last = bySize.findLast(({ outcome }) => outcome !== "not-applicable");
  return last === undefined || last.outcome === "not-applicable" ? "fails" : last.outcome;
}
