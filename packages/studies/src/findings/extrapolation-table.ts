/** @file The limit that the finite systems point to, beside the predicted one. */
import type { Table } from "@mesoscope/contracts";
import { asSentence, formatNumber, formatWithInterval, type Comparison, type Extrapolation, type Statement } from "@mesoscope/finite-size";
import type { Titled } from "./comparison-figures.js";
import { intervalInWords, symbolOf } from "./words.js";
import { tableIfAny } from "./table.js";

/** Fitted limits, their distance from the theory in standard errors, Richardson's extrapolation and the test of the order; undefined where nothing was extrapolated. */
export function extrapolationTable(id: string, title: string, panels: readonly Titled[]): Table | undefined {
  const rows = panels.flatMap(({ title: name, comparison }) =>
    comparison.statements.flatMap((statement) => (statement.extrapolation === undefined ? [] : [[name, ...rowOf(comparison, statement, statement.extrapolation)]])),
  );
  return tableIfAny(id, title, {
    case: "case",
    observable: "observable",
    theory: "theory",
    predicted: "predicted limit",
    fitted: "fitted limit",
    power: "fitted power p",
    z: "distance z in standard errors",
    against: "fitted against predicted",
    richardson: "Richardson's, with the predicted power",
    order: "test of the predicted power",
  }, rows);
}

function rowOf(comparison: Comparison, { observable, theory, bySize }: Statement, { fit, against, richardson, order }: Extrapolation): readonly (string | number | null)[] {
  const predicted = bySize.find((finding) => finding.predicted.length > 0)?.predicted[0];
  return [
    symbolOf(comparison, observable),
    theory.title,
    predicted === undefined ? null : Number(predicted.toPrecision(6)),
    fit.kind === "fitted" ? `${formatNumber(fit.limit, 5)} ${openInterval(fit.limitInterval)}` : `not told: ${fit.reason}`,
    fit.kind === "fitted" ? `${formatNumber(fit.exponent)} ${fit.exponentInterval === undefined ? "(given)" : openInterval(fit.exponentInterval)}` : null,
    against.outcome === "undecided" ? null : Number(against.z.toPrecision(3)),
    against.outcome === "undecided" ? `undecided: ${against.reason}` : against.outcome,
    richardson === undefined ? null : formatWithInterval(richardson.limit, richardson.interval),
    order === undefined ? null : `${order.outcome}. ${asSentence(order.because)}`,
  ];
}

function openInterval([low, high]: readonly [number | null, number | null]): string {
  return low === null ? `[…, ${high === null ? "…" : formatNumber(high)}]` : intervalInWords([low, high]);
}
