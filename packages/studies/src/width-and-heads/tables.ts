import type { Table } from "@mesoscope/contracts";
import { formatNumber, sizeInWords, type BoundaryPoint, type EffectiveSize } from "@mesoscope/finite-size";
import { comparisonTable } from "../findings/comparison-table.js";
import { scalingTable } from "../findings/scaling-tables.js";
import { tableOf } from "../findings/table.js";
import type { WidthCase } from "./cases.js";
import { OUTPUT, predictedPowers } from "./systems.js";
import { amplitudeInWords, powerInWords } from "./words.js";

export function widthTables(cases: readonly WidthCase[]): readonly Table[] {
  return [
    variancesTable(cases),
    biasTable(cases),
    boundaryTable(cases),
    scalingTable("scaling-in-n", "Along the width of heads, at the largest number of heads: powers, and N* within the tolerance", cases),
    scalingTable("scaling-in-h", "Along the number of heads at a fixed width: powers, and H* within the tolerance", cases.map(({ title, line }) => ({ title, comparison: line }))),
    comparisonTable("along-heads", "Along the number of heads at a fixed width, at the step that deviates most", cases.map(({ title, line }) => ({ title, comparison: line }))),
  ];
}

function symbolOfObservable(observable: string): string {
  return observable === OUTPUT ? "f₁" : "V̄₁₁";
}

function variancesTable(cases: readonly WidthCase[]): Table {
  return tableOf("variances", "Variance over networks after the last step, v/(N^p H^q)", {
    network: "network",
    observable: "observable",
    from: "fitted from N, H",
    p: "p, along N",
    "predicted-p": "predicted p",
    q: "q, along H",
    "predicted-q": "predicted q",
    goodness: "probability of a worse fit",
    v: "v",
    "predicted-v": "v of the leading order",
    one: "one size N H^k: k (1 at α_A = 1, H alone at 1/2)",
  }, cases.flatMap((one) => one.laws.map(({ observable, variance, varianceFrom, effective }) => {
      const [p, q] = predictedPowers(one);
      const told = typeof variance === "string" ? undefined : variance;
      const wide = observable === OUTPUT ? one.noise?.wide : undefined;
      return [
        one.title,
        symbolOfObservable(observable),
        varianceFrom.join(", "),
        typeof variance === "string" ? variance : powerInWords(variance.first),
        p,
        told === undefined ? null : powerInWords(told.second),
        q,
        told === undefined ? null : Number(told.fit.goodness.toPrecision(2)),
        told === undefined ? null : Number(told.fit.amplitudes[0]!.toPrecision(3)),
        wide === undefined ? null : Number(wide.toPrecision(3)),
        effectiveInWords(effective),
      ];
    })));
}

function effectiveInWords(effective: EffectiveSize): string {
  if (effective.kind === "undecided") return `undecided: ${effective.reason}`;
  const [low, high] = effective.interval;
  return `${formatNumber(effective.ratio)} [${low === null ? "…" : formatNumber(low)}, ${high === null ? "…" : formatNumber(high)}], by chance as bad in ${formatNumber(100 * effective.goodness, 2)} %`;
}

function biasTable(cases: readonly WidthCase[]): Table {
  return tableOf("biases", "Deviation of the mean from the limit after the last step, a/N + b/H + c/(N H)", {
    network: "network",
    observable: "observable",
    limit: "limit",
    from: "fitted from N, H",
    a: "a, of 1/N",
    b: "b, of 1/H",
    "predicted-b": "predicted b",
    c: "c, of 1/(N H)",
    goodness: "probability of a worse fit",
  }, cases.flatMap((one) => one.laws.map(({ observable, predicted, bias }) => {
      const told = typeof bias === "string" ? undefined : bias;
      const [a, b, c] = told?.amplitudes ?? [];
      const shift = observable === OUTPUT ? one.noise?.shift : undefined;
      return [
        one.title,
        symbolOfObservable(observable),
        Number(predicted.toPrecision(4)),
        told === undefined ? null : told.from.join(", "),
        typeof bias === "string" ? bias : amplitudeInWords(a),
        amplitudeInWords(b),
        one.alphaA === 1 ? 0 : shift === undefined ? null : Number(shift.toPrecision(3)),
        amplitudeInWords(c),
        told === undefined ? null : Number(told.fit.goodness.toPrecision(2)),
      ];
    })));
}

/** Below the widths that the law was fitted to it says no more than that. */
function reachCells(point: BoundaryPoint, from: number): readonly [string | null, string | null] {
  if (!point.reached) return [null, `not reached: ${point.reason}`];
  const interval = `[${sizeInWords(point.interval[0])}, ${point.interval[1] === null ? "…" : sizeInWords(point.interval[1])}]`;
  return point.value < from ? [`at most ${from}`, `by the law, which was fitted from N = ${from} on, ${sizeInWords(point.value)} ${interval}`] : [sizeInWords(point.value), interval];
}

/** N*(H): how wide heads must be for the mean output to be within the tolerance. */
function boundaryTable(cases: readonly WidthCase[]): Table {
  return tableOf("boundary", "How wide heads must be, N*(H), for the mean output to be within the tolerance of the limit, by the fitted law", {
    network: "network",
    h: "H",
    n: "N*(H)",
    interval: "its interval",
  }, cases.flatMap(({ title, laws }) => {
      const { bias } = laws.find(({ observable }) => observable === OUTPUT)!;
      if (typeof bias === "string") return [[title, null, `no law: ${bias}`, null]];
      return bias.boundary.points.map((point) => [title, point.h, ...reachCells(point, bias.from[0])]);
    }));
}
