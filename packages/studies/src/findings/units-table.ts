/** @file Units of a system beside each other: how many carry an observable, and whether they are independent. */
import type { Table } from "@mesoscope/contracts";
import { formatNumber, formatWithInterval, participation, unitCovariance, type Comparison } from "@mesoscope/finite-size";
import { key } from "@mesoscope/numerics";
import type { Sampled } from "./shape-table.js";
import { tableIfAny } from "./table.js";
import { estimateInWords } from "./words.js";

const RESAMPLES = 299;
/** The tail of Hill's estimator: one unit of ten. */
const TAIL_SHARE = 0.1;
const FEWEST_UNITS = 3;
const FEWEST_REPLICAS = 20;

/** Participation, inequality, tail and covariance of every observable per unit at every size; undefined where there is none. */
export function unitsTable(id: string, title: string, panels: readonly Sampled[]): Table | undefined {
  const rows = panels.flatMap((panel) => rowsOf(panel).map((row) => [panel.title, ...row]));
  return tableIfAny(id, title, {
    case: "case",
    observable: "observable",
    size: panels[0]!.comparison.axis.symbol,
    share: "participation as a share of the units (1/3: Gaussian)",
    gini: "Gini index of their weights",
    largest: "share of the largest",
    tail: "tail exponent",
    covariance: "units times covariance of two",
    independence: "goodness of independent units",
  }, rows);
}

function rowsOf({ comparison, ensembles }: Sampled): readonly (readonly (string | number | null)[])[] {
  return comparison.observables.flatMap((observable) => {
    const units = observable.grid?.values.length ?? 0;
    if (observable.kind !== "per-unit" || units < FEWEST_UNITS) return [];
    return ensembles.flatMap((ensemble) => {
      const samples = ensemble.values(observable.id);
      if (ensemble.completed < FEWEST_REPLICAS || samples.every((x) => x === 0)) return [];
      const options = { units, resamples: RESAMPLES, confidence: comparison.confidence, stream: streamOf(comparison, observable.id, ensemble.n) };
      const parts = participation(samples, { ...options, tail: Math.min(units - 1, Math.max(2, Math.round(TAIL_SHARE * units))) });
      const together = unitCovariance(samples, options);
      return [[observable.symbol, ensemble.n, estimateInWords(parts.share), estimateInWords(parts.gini), estimateInWords(parts.largest), estimateInWords(parts.tailExponent), formatWithInterval(together.value, together.interval), formatNumber(together.independence, 2)]];
    });
  });
}

function streamOf({ seed, pair, parameterText }: Comparison, observable: string, n: number): ReturnType<ReturnType<typeof key>["stream"]> {
  return key(seed).fold("units", pair, parameterText, observable, n).stream();
}
