import type { Table } from "@mesoscope/contracts";
import { formatWithInterval } from "@mesoscope/finite-size";
import { comparisonTable } from "../findings/comparison-table.js";
import { tableOf } from "../findings/table.js";
import { estimateInWords } from "../findings/words.js";
import type { DiversityCase } from "./cases.js";
import { predictedPower } from "./verdicts.js";

export function diversityTables(cases: readonly DiversityCase[]): readonly Table[] {
  return [powerTable(cases), shapeTable(cases), comparisonTable("comparison", "Laws and variances, width by width", cases.map(({ title, comparison }) => ({ title, comparison })))];
}

function powerTable(cases: readonly DiversityCase[]): Table {
  return tableOf("powers", "Power p of the variance of a logit over heads, N^−p", {
    logits: "logits",
    moment: "when",
    from: "fitted from N",
    p: "p",
    predicted: "predicted p",
  }, cases.flatMap((one) => one.moments.map(({ name, power, from }) => [one.title, name, from, formatWithInterval(power.fit.exponent, power.interval), predictedPower(one)])));
}

function shapeTable(cases: readonly DiversityCase[]): Table {
  return tableOf("shapes", "Shape of the law of a logit over heads", {
    logits: "logits",
    moment: "when",
    n: "N",
    networks: "networks",
    skewness: "skewness (0: Gaussian)",
    kurtosis: "excess kurtosis (0: Gaussian)",
    exact: "6/N, exact before training",
  }, cases.flatMap(({ title, moments, ensembles }) => moments.flatMap(({ id, name, shapes }) => shapes.map(({ skewness, excessKurtosis, replicas }, k) => [title, name, ensembles[k]!.n, replicas, estimateInWords(skewness), estimateInWords(excessKurtosis), id === "start" ? Number((6 / ensembles[k]!.n).toPrecision(3)) : null]))));
}
