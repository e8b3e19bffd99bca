import type { Table } from "@mesoscope/contracts";
import { formatNumber } from "@mesoscope/finite-size";
import type { MeasuredRate } from "./measured-rates.js";

/** Every measured rate beside both theories. */
export function ratesTable(rates: readonly MeasuredRate[]): Table {
  return {
    id: "rates",
    title: "Every measured growth rate",
    columns: ["flow", "d", "β", "k", "n", "replicas", "γ limit", "γ corrected", "γ measured", "95 % interval", "limit", "corrected"].map((title, i) => ({ id: `c${i}`, title })),
    rows: rates.map(({ model, k, n, replicas, rate, limit, corrected, tests }) => [
      model.flow,
      model.d,
      model.beta,
      k,
      n,
      replicas,
      round(limit),
      round(corrected),
      round(rate.value[0]!),
      `[${formatNumber(rate.lower[0]!, 4)}, ${formatNumber(rate.upper[0]!, 4)}]`,
      tests.limit.outcome,
      tests.corrected.outcome,
    ]),
  };
}

function round(value: number): number {
  return Number(value.toPrecision(6));
}
