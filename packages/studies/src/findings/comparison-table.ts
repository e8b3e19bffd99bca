import type { Table } from "@mesoscope/contracts";
import { formatNumber, type Comparison } from "@mesoscope/finite-size";
import type { Titled } from "./comparison-figures.js";

/** One row for every theory, quantity and size: what was predicted, what was found, and what follows. */
export function comparisonTable(id: string, title: string, panels: readonly Titled[]): Table {
  return {
    id,
    title,
    columns: [
      { id: "case", title: "case" },
      { id: "observable", title: "observable" },
      { id: "quantity", title: "quantity" },
      { id: "theory", title: "theory" },
      { id: "size", title: panels[0]?.comparison.axis.symbol ?? "size" },
      { id: "replicas", title: "replicas" },
      { id: "predicted", title: "predicted" },
      { id: "found", title: "found" },
      { id: "deviation", title: "deviation" },
      { id: "interval", title: "its interval" },
      { id: "outcome", title: "outcome" },
    ],
    rows: panels.flatMap(({ title: name, comparison }) => rowsOf(name, comparison)),
  };
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
        comparison.observables.find(({ id }) => id === statement.observable)?.symbol ?? statement.observable,
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
