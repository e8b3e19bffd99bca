/** @file The comparison: any pair, any design, one answer. */
import { canonicalJson, checkInstance, type Context, type Observable, type Pair, type PairInstance, type Parameters } from "@mesoscope/contracts";
import { DomainError, requireInRange, type Key } from "@mesoscope/numerics";
import type { Design } from "../design/design.js";
import { ALLOWED_DIVERGED } from "../ensemble/diverged-caveat.js";
import type { Ensemble } from "../ensemble/ensemble.js";
import { meanEstimate, spreadEstimate } from "../statistics/estimate.js";
import { summarise, type Summary } from "../statistics/summary.js";
import { censoredReplicas } from "./censoring.js";
import type { CompareOptions, Comparison, JudgeOptions, ObservableEstimate, ObservableTolerance, Quantity, SizeSummary, Statement } from "./comparison.js";
import { draftFinding, type Draft } from "./finding.js";
import { jointStatement } from "./joint.js";
import { jointOutcomes } from "./outcome.js";
import { askTheory, type TheoryAtSize } from "./predictions.js";
import { spreadScaling, type Scaling } from "./scaling.js";
import { keyOf, simulate } from "./simulate.js";
import { makeStatement } from "./statement.js";
import { tallyOutcomes } from "./tally.js";

/**
 * Samples a pair over a design and compares every theory with every observable it predicts: bias and spread with intervals,
 * equivalence ([eq:tost]), exponents ([eq:exponent-fit]), N* ([eq:n-star]) and a verdict with its reason.
 * The result is a function of pair, parameters, design (but not its block) and options (but not runCells), bit for bit.
 * @throws DomainError for a design or option that makes no sense; ContractError for a pair that breaks its contract; what runCells throws
 */
export async function compare(pair: Pair, parameters: Parameters, design: Design, options: CompareOptions): Promise<Comparison> {
  const ensembles = await simulate(pair, parameters, design, options);
  return compareEnsembles(pair, parameters, design, ensembles, options, options.context ?? {});
}

/** `compare` for ensembles that are already there, in the order of the design's sizes. */
export async function compareEnsembles(
  pair: Pair,
  parameters: Parameters,
  design: Design,
  ensembles: readonly Ensemble[],
  options: JudgeOptions,
  context: Context = {},
): Promise<Comparison> {
  const settings = settingsOf(options);
  const instance = checkInstance(pair.at(parameters), `pair "${pair.id}"`);
  const observables = chosenObservables(instance, options);
  const root = keyOf(options.seed, pair, parameters);
  const columns = observables.map((observable) => columnOf(observable, ensembles, root, settings));
  const judged = await judge({ pair, parameters, design, instance, ensembles, columns, options, settings, context });
  return {
    pair: pair.id,
    title: pair.title,
    parameters,
    parameterText: parameterText(pair, parameters),
    design,
    axis: { name: design.axis, symbol: axisSymbol(pair, design), meaning: pair.axes.find(({ name }) => name === design.axis)?.meaning ?? "size" },
    seed: options.seed,
    level: options.level,
    confidence: options.confidence,
    resamples: settings.resamples,
    multiplicity: settings.multiplicity,
    observables,
    sizes: ensembles.map((ensemble, k) => sizeSummary(ensemble, columns, k, options.confidence)),
    spreadExponents: Object.fromEntries(columns.flatMap(({ observable, spread }) => (spread === undefined ? [] : [[observable.id, spread.exponent]]))),
    ...judged,
    tally: tallyOutcomes(axisSymbol(pair, design), ensembles, observables),
  };
}

type Settings = Required<Pick<JudgeOptions, "resamples" | "multiplicity" | "allowedDiverged" | "reasons" | "confidence" | "level">> & { readonly corrections: boolean | undefined };

function settingsOf(options: JudgeOptions): Settings {
  const { resamples = 1999, multiplicity = "holm", corrections, allowedDiverged = ALLOWED_DIVERGED, reasons = [], confidence, level } = options;
  requireInRange("level", level, { min: 1e-9, max: 0.49 }, "Give for example 0.05.");
  requireInRange("confidence", confidence, { min: 0.5, max: 1 - 1e-12 }, "Give for example 0.95.");
  requireInRange("allowedDiverged", allowedDiverged, { min: 0, max: 1 });
  return { resamples, multiplicity, corrections, allowedDiverged, reasons, confidence, level };
}

function chosenObservables({ observables }: PairInstance, { observables: ids, tolerances }: JudgeOptions): readonly Observable[] {
  for (const id of [...(ids ?? []), ...Object.keys(tolerances ?? {})]) {
    if (!observables.some((observable) => observable.id === id)) {
      throw new DomainError({ name: "observable", value: id, rule: `must be one of ${observables.map((observable) => observable.id).join(", ")}`, remedy: "Name an observable of the pair." });
    }
  }
  return ids === undefined ? observables : observables.filter(({ id }) => ids.includes(id));
}

/** One observable over all sizes. */
interface Column {
  readonly observable: Observable;
  readonly summaries: readonly (Summary | undefined)[];
  readonly spread: Scaling | undefined;
}

function columnOf(observable: Observable, ensembles: readonly Ensemble[], root: Key, settings: Settings): Column {
  const summaries = ensembles.map((ensemble) => {
    if (ensemble.completed < 2) return undefined;
    const stream = root.fold("bootstrap", observable.id, canonicalJson(ensemble.size, "size")).stream();
    return summarise(ensemble.values(observable.id), observable.grid?.values.length ?? 1, { resamples: settings.resamples, stream });
  });
  const known = summaries.flatMap((summary, k) => (summary === undefined ? [] : [{ summary, n: ensembles[k]!.n }]));
  const spread = spreadScaling(
    known.map(({ n }) => n),
    known.map(({ summary }) => summary),
    settings,
  );
  return { observable, summaries, spread };
}

function sizeSummary(ensemble: Ensemble, columns: readonly Column[], k: number, confidence: number): SizeSummary {
  const estimates: Record<string, ObservableEstimate> = {};
  for (const { observable, summaries } of columns) {
    const summary = summaries[k];
    if (summary === undefined) continue;
    estimates[observable.id] = { mean: meanEstimate(summary, confidence), spread: spreadEstimate(summary, confidence), censored: censoredReplicas(ensemble, observable) };
  }
  const { size, n, completed, diverged } = ensemble;
  return { size, n, completed, diverged, estimates };
}

interface Case {
  readonly pair: Pair;
  readonly parameters: Parameters;
  readonly design: Design;
  readonly instance: PairInstance;
  readonly ensembles: readonly Ensemble[];
  readonly columns: readonly Column[];
  readonly options: JudgeOptions;
  readonly settings: Settings;
  readonly context: Context;
}

/** All statements: first every test of every theory, then what they mean together. */
async function judge(it: Case): Promise<Pick<Comparison, "statements" | "joint">> {
  const asked: Asked[] = [];
  for (const theory of it.instance.theories) {
    const atSizes: TheoryAtSize[] = [];
    for (const { size } of it.ensembles) atSizes.push(await askTheory(theory, size, it.instance.observables, it.context));
    for (const column of it.columns) {
      for (const quantity of quantitiesOf(atSizes, column.observable, toleranceOf(it.options, column.observable))) asked.push(draft(it, theory, atSizes, column, quantity));
    }
  }
  const family = asked.filter(({ judged }) => judged).flatMap(({ drafts }) => drafts);
  const joint = jointOutcomes(family, it.settings.level, it.settings.multiplicity);
  const jointOf = new Map(family.map((one, i) => [one, joint[i]!]));
  const statements = asked.map(({ theory, column, quantity, drafts, judged, predictedExponent }): Statement =>
    makeStatement({
      parameters: it.parameters,
      theory,
      observable: column.observable,
      quantity,
      judged,
      axis: axisSymbol(it.pair, it.design),
      drafts,
      joint: drafts.map((one) => jointOf.get(one) ?? "undecided"),
      summaries: column.summaries,
      spread: column.spread,
      predictedExponent,
      level: it.settings.level,
      multiplicity: it.settings.multiplicity,
      scaling: it.settings,
      reasons: it.settings.reasons,
    }),
  );
  return { statements, joint: jointStatement(statements, family.reduce((sum, one) => sum + one.holdsAt.length, 0)) };
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
  const tolerance = toleranceOf(it.options, column.observable);
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
    }),
  );
  const exponents = atSizes.map(({ predictions }) => predictions.get(column.observable.id)?.exponents).find((one) => one !== undefined);
  const predictedExponent = quantity === "mean" ? exponents?.bias : quantity === "spread" ? exponents?.spread : undefined;
  return { theory, column, quantity, judged: quantity !== "law" || tolerance.law !== undefined, drafts, predictedExponent };
}

/** What a theory predicts of an observable and what is to be said of it. A theory that applies nowhere is told to fail on the mean. */
function quantitiesOf(atSizes: readonly TheoryAtSize[], { id }: Observable, tolerance: ObservableTolerance): readonly Quantity[] {
  if (atSizes.every(({ applicability }) => !applicability.applies)) return ["mean"];
  const predictions = atSizes.flatMap(({ predictions: all }) => all.get(id) ?? []);
  const out: Quantity[] = [];
  if (predictions.length > 0) out.push("mean");
  if (tolerance.spread !== undefined && predictions.some(({ spread }) => spread !== undefined)) out.push("spread");
  if (predictions.some(({ law }) => law !== undefined)) out.push("law");
  return out;
}

function toleranceOf({ tolerance, tolerances }: JudgeOptions, { id }: Observable): ObservableTolerance {
  return tolerances !== undefined && Object.hasOwn(tolerances, id) ? tolerances[id]! : tolerance;
}

function axisSymbol(pair: Pair, design: Design): string {
  return pair.axes.find(({ name }) => name === design.axis)?.symbol ?? design.axis;
}

function parameterText(pair: Pair, parameters: Parameters): string {
  return Object.entries(parameters)
    .map(([name, value]) => `${pair.parameters.properties[name]?.symbol ?? name} = ${String(value)}`)
    .join(", ");
}
