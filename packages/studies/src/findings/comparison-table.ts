import type { Table } from "@mesoscope/contracts";
import { formatNumber, type Comparison } from "@mesoscope/finite-size";
import type { Titled } from "./comparison-figures.js";
import { tableOf } from "./table.js";
import { symbolOf } from "./words.js";

/** One row for every theory, quantity and size: what was predicted, what was found, and what follows. */
export function comparisonTable(id: string, title: string, panels: readonly Titled[]): Table {
  return tableOf(id, title, {
    case: "case",
    observable: "observable",
    quantity: "quantity",
    theory: "theory",
    size: panels[0]?.comparison.axis.symbol ?? "size",
    replicas: "replicas",
    predicted: "predicted",
    found: "found",
    deviation: "deviation",
    interval: "its interval",
    outcome: "outcome",
  }, panels.flatMap(({ title: name, comparison }) => rowsOf(name, comparison)));
}

function rowsOf(name: string, comparison: Comparison): Table["rows"] {
  return comparison.statements.flatMap((statement) =>
    statement.bySize.map((finding, k) => {
      const summary = comparison.sizes[k];
      const estimate = summary?.estimates[statement.observable];
      const at = finding.worst;
      const test = finding.entries[at];
      const found = statement.quantity === "spread" ? estimate?.spread.value[at] : statement.quantity === "mean" ? estimate?.mean.value[at] : finding.law?.value;
      const predicted = statement.quantity === "spread" ? finding.predictedSpread?.[at] : statement.quantity === "mean" ? finding.predicted[at] : undefined;
      const interval = test?.interval ?? finding.law?.interval;
      return [
        name,
        symbolOf(comparison, statement.observable),
        statement.quantity === "law" ? "distance of laws" : statement.quantity,
        statement.theory.title,
        finding.n,
        summary?.completed ?? null,
        digits(predicted),
        digits(found),
        digits(test?.value),
        interval === undefined ? null : `[${formatNumber(interval[0])}, ${formatNumber(interval[1])}]`,
        finding.outcome,
      ];
    }),
  );
}

/** Six significant digits: tables are read and copied; the full figures are in the figures' data. */
function digits(value: number | undefined): number | null {
  return value === undefined ? null : Number(value.toPrecision(6));
}
