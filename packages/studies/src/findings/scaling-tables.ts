/** @file Tables of what a comparison says about sizes: exponents, N*, theories side by side, and the controls. */
import type { Table } from "@mesoscope/contracts";
import { asSentence, formatNumber, type Comparison, type Control, type Exponent, type Statement, type TheoryGain } from "@mesoscope/finite-size";
import type { Titled } from "./comparison-figures.js";
import { certifiedInWords, fittedInWords, intervalInWords, symbolOf } from "./words.js";
import { tableIfAny, tableOf } from "./table.js";

/** Exponents of every bias and spread beside what the theory predicts, and both kinds of N* of every mean. */
export function scalingTable(id: string, title: string, panels: readonly Titled[]): Table {
  return tableOf(id, title, {
    case: "case",
    observable: "observable",
    quantity: "quantity",
    theory: "theory",
    exponent: `power p of its fall, ${panels[0]?.comparison.axis.symbol ?? "n"}^−p`,
    interval: "its interval",
    predicted: "predicted p",
    inside: "prediction inside",
    fitted: "N*: holds from there on, by the fitted decay",
    certified: "N*: holds at every size tested from there on",
    typical: "the same for a single run, by the fitted decay",
    "typical-certified": "the same for a single run, at every size tested",
  }, panels.flatMap(({ title: name, comparison }) => comparison.statements.filter(({ quantity }) => quantity !== "law").map((statement) => [name, ...scalingRow(comparison, statement)])));
}

function scalingRow(comparison: Comparison, { observable, quantity, theory, exponent, predictedExponent, nStar }: Statement): readonly (string | number | null)[] {
  return [
    symbolOf(comparison, observable),
    quantity === "mean" ? "deviation of the mean" : quantity,
    theory.title,
    isTold(exponent) ? Number(exponent.fit.exponent.toPrecision(4)) : null,
    isTold(exponent) ? intervalInWords(exponent.interval) : null,
    predictedExponent ?? null,
    insideInWords(exponent, predictedExponent),
    nStar === undefined ? null : fittedInWords(nStar),
    nStar === undefined ? null : certifiedInWords(nStar),
    nStar === undefined ? null : fittedInWords(nStar.typical),
    nStar === undefined ? null : certifiedInWords(nStar.typical),
  ];
}

/** An interval this wide says nothing: no deviation was resolved. */
const WIDEST = 3;

function isTold(exponent: Exponent | undefined): exponent is Exponent {
  return exponent !== undefined && !exponent.fit.atBound && exponent.interval[1] - exponent.interval[0] < WIDEST;
}

/** Whether the interval holds the predicted exponent; null where there is nothing to say. */
function insideInWords(exponent: Exponent | undefined, predicted: number | undefined): string | null {
  if (!isTold(exponent) || predicted === undefined) return null;
  return exponent.interval[0] <= predicted && predicted <= exponent.interval[1] ? "yes" : "no";
}

/** By how much each further theory brings N* down; undefined where every observable has one theory. */
export function sideBySideTable(id: string, title: string, panels: readonly Titled[]): Table | undefined {
  const rows = panels.flatMap(({ title: name, comparison }) => comparison.sideBySide.map((gain) => [name, ...gainRow(comparison, gain)]));
  return tableIfAny(id, title, {
    case: "case",
    observable: "observable",
    from: "theory",
    to: "theory beside it",
    factor: "factor by which the size needed (N*) falls",
    interval: "its interval",
    because: "because",
  }, rows);
}

function gainRow(comparison: Comparison, gain: TheoryGain): readonly (string | number | null)[] {
  const told = gain.outcome !== "not-told";
  return [
    symbolOf(comparison, gain.observable),
    gain.from.title,
    gain.to.title,
    told ? `${gain.outcome === "at-least" ? "at least " : ""}${formatNumber(gain.value)}` : null,
    told ? intervalInWords(gain.interval) : null,
    asSentence(gain.because),
  ];
}

/** What must not matter, and whether it does; undefined if no control was run. */
export function controlsTable(id: string, panels: readonly { readonly title: string; readonly controls: readonly Control[] }[]): Table | undefined {
  const rows = panels.flatMap(({ title, controls }) => controls.map((one) => [title, one.title, one.n, one.replicas, one.outcome, one.because]));
  return tableIfAny(id, "Controls: what must not matter", {
    case: "case",
    control: "control",
    size: "size",
    replicas: "replicas",
    outcome: "outcome",
    because: "because",
  }, rows);
}
