import type { Table } from "@mesoscope/contracts";
import { comparisonTable } from "../findings/comparison-table.js";
import { tableOf } from "../findings/table.js";
import type { LearningCase } from "./cases.js";
import type { LearningObservable, RichnessPoint } from "./orders.js";
import { meanInWords, powerInWords } from "./words.js";

export function learningTables(cases: readonly LearningCase[]): readonly Table[] {
  return [
    richnessTable(cases),
    powerTable(cases),
    comparisonTable("poor-widths", "Against the kernel regime at little richness, along N", cases.map(({ title, poor: { comparison } }) => ({ title, comparison }))),
    ...cases.flatMap(({ title, rich }) => (rich === undefined ? [] : [comparisonTable("rich-widths", `Against infinitely wide heads at much richness, along N: ${title}`, [{ title, comparison: rich.comparison }])])),
  ];
}

const columns: Readonly<Partial<Record<LearningObservable, string>>> = {
  told: "⟨y f⟩ told by the mean",
  hidden: "⟨y f⟩ hidden from it",
  loss: "ℒ",
  even: "|f₊|",
  odd: "|f₋|",
  alignment: "𝒜 of the tangent kernel",
  rank: "its effective rank",
  movement: "its movement",
  "feature-alignment": "𝒜 of the features",
};

/** Everything at every richness, with intervals. */
function richnessTable(cases: readonly LearningCase[]): Table {
  const cells = (point: RichnessPoint): readonly string[] => (Object.keys(columns) as LearningObservable[]).map((id) => meanInWords(point, id));
  return tableOf("richness", "After the last step at every richness", { network: "network", gamma0: "γ₀", pairs: "pairs of networks", ...columns, regime: "own kernel descent" }, cases.flatMap(({ title, points }) => points.map((point) => [title, point.gamma0, point.completed, ...cells(point), point.measured?.own.outcome ?? null])));
}

function powerTable(cases: readonly LearningCase[]): Table {
  return tableOf("powers", "Powers of what richness adds", { network: "network", part: "part", of: "power of", power: "power", predicted: "predicted" }, cases.flatMap(({ title, evenPower, oddPower, oddWidthPower }) => [
    [title, "even in the read-out", "γ₀", powerInWords(evenPower), 2],
    [title, "odd in the read-out", "γ₀", powerInWords(oddPower), 1],
    [title, "odd in the read-out", "1/n", powerInWords(oddWidthPower), 0.5],
  ]));
}
