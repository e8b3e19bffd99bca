/** @file Every theory against every observable: first all tests, then what they mean together. */
import type { Context, Pair, PairInstance, Parameters } from "@mesoscope/contracts";
import type { Key } from "@mesoscope/numerics";
import type { Design } from "../design/design.js";
import type { Ensemble } from "../ensemble/ensemble.js";
import type { Column } from "./column.js";
import type { Comparison, JudgeOptions, ObservableTolerance, Quantity } from "./comparison.js";
import { draftFinding, type Draft } from "./finding.js";
import { jointStatement } from "./joint.js";
import { jointOutcomes } from "./outcome.js";
import { askTheory, type TheoryAtSize } from "./predictions.js";
import type { Settings } from "./settings.js";
import { theoriesSideBySide } from "./side-by-side.js";
import { makeStatement, type Made } from "./statement.js";

/** A pair at parameters with everything that was sampled of it. */
export interface Case {
  readonly pair: Pair;
  readonly parameters: Parameters;
  readonly design: Design;
  readonly instance: PairInstance;
  readonly ensembles: readonly Ensemble[];
  readonly columns: readonly Column[];
  readonly options: JudgeOptions;
  readonly settings: Settings;
  /** Of everything that is resampled. */
  readonly root: Key;
  readonly context: Context;
}

/** All statements, and what they say jointly and beside each other. */
export async function judge(it: Case): Promise<Pick<Comparison, "statements" | "joint" | "sideBySide">> {
  const asked: Asked[] = [];
  for (const theory of it.instance.theories) {
    const atSizes: TheoryAtSize[] = [];
    for (const { size } of it.ensembles) atSizes.push(await askTheory(theory, size, it.instance.observables, it.context));
    for (const column of it.columns) {
      for (const quantity of quantitiesOf(atSizes, column.observable.id, toleranceOf(it.options, column.observable.id))) asked.push(draft(it, theory, atSizes, column, quantity));
    }
  }
  const family = asked.filter(({ judged }) => judged).flatMap(({ drafts }) => drafts);
  const joint = jointOutcomes(family, it.settings.level, it.settings.multiplicity);
  const jointOf = new Map(family.map((one, i) => [one, joint[i]!]));
  const made = asked.map(({ theory, column, quantity, drafts, judged, predictedExponent }): Made =>
    makeStatement({
      parameters: it.parameters,
      theory,
      column,
      quantity,
      judged,
      axis: axisSymbol(it.pair, it.design),
      drafts,
      joint: drafts.map((one) => jointOf.get(one) ?? "undecided"),
      predictedExponent,
      settings: it.settings,
    }),
  );
  const statements = made.map(({ statement }) => statement);
  return {
    statements,
    joint: jointStatement(statements, family.reduce((sum, one) => sum + one.holdsAt.length, 0)),
    sideBySide: theoriesSideBySide(made, it.settings.confidence),
  };
}

interface Asked {
  readonly theory: PairInstance["theories"][number];
  readonly column: Column;
  readonly quantity: Quantity;
  readonly judged: boolean;
  readonly drafts: readonly Draft[];
  readonly predictedExponent: number | undefined;
}

function draft(it: Case, theory: Asked["theory"], atSizes: readonly TheoryAtSize[], column: Column, quantity: Quantity): Asked {
  const tolerance = toleranceOf(it.options, column.observable.id);
  const drafts = it.ensembles.map((ensemble, k) =>
    draftFinding({
      ensemble,
      observable: column.observable,
      summary: column.summaries[k],
      theory: atSizes[k]!,
      quantity,
      tolerance,
      level: it.settings.level,
      allowedDiverged: it.settings.allowedDiverged,
      varies: column.varies,
      key: it.root,
    }),
  );
  const exponents = atSizes.map(({ predictions }) => predictions.get(column.observable.id)?.exponents).find((one) => one !== undefined);
  const predictedExponent = quantity === "mean" ? exponents?.bias : quantity === "spread" ? exponents?.spread : undefined;
  return { theory, column, quantity, judged: quantity !== "law" || tolerance.law !== undefined, drafts, predictedExponent };
}

/** What a theory predicts of an observable and what is to be said of it. A theory that applies nowhere is told to fail on the mean. */
function quantitiesOf(atSizes: readonly TheoryAtSize[], observable: string, tolerance: ObservableTolerance): readonly Quantity[] {
  if (atSizes.every(({ applicability }) => !applicability.applies)) return ["mean"];
  const predictions = atSizes.flatMap(({ predictions: all }) => all.get(observable) ?? []);
  const out: Quantity[] = [];
  if (predictions.length > 0) out.push("mean");
  if (tolerance.spread !== undefined && predictions.some(({ spread }) => spread !== undefined)) out.push("spread");
  if (predictions.some(({ law }) => law !== undefined)) out.push("law");
  return out;
}

function toleranceOf({ tolerance, tolerances }: JudgeOptions, observable: string): ObservableTolerance {
  return tolerances !== undefined && Object.hasOwn(tolerances, observable) ? tolerances[observable]! : tolerance;
}

/** How the axis that grows is written. */
export function axisSymbol(pair: Pair, design: Design): string {
  return pair.axes.find(({ name }) => name === design.axis)?.symbol ?? design.axis;
}
