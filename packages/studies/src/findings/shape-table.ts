/** @file How far the laws of the replicas are from Gaussian, symmetric, and of one group. */
import type { Table } from "@mesoscope/contracts";
import { formatWithInterval, shapeOf, type Comparison, type Ensemble, type Shape, type StatisticEstimate } from "@mesoscope/finite-size";
import { key } from "@mesoscope/numerics";
import { tableIfAny } from "./table.js";

const RESAMPLES = 299;

/** A comparison with the replicas it rests on. */
export interface Sampled {
  readonly title: string;
  readonly comparison: Comparison;
  readonly ensembles: readonly Ensemble[];
}

/** Skewness, excess kurtosis and symmetry of every scalar observable at the smallest and the largest size: non-Gaussian parts that stay are not small fluctuations. */
export function shapeTable(id: string, title: string, panels: readonly Sampled[]): Table | undefined {
  const rows = panels.flatMap((panel) => shapesOf(panel).map(({ shape, symbol }) => [panel.title, symbol, ...shapeRow(shape, panel.comparison)]));
  return tableIfAny(id, title, {
    case: "case",
    observable: "observable",
    size: panels[0]!.comparison.axis.symbol,
    replicas: "replicas",
    skewness: "skewness (0: Gaussian)",
    kurtosis: "excess kurtosis (0: Gaussian)",
    gaussian: "goodness of a Gaussian",
    symmetric: "goodness of symmetry",
    groups: "groups of replicas",
  }, rows);
}

function shapesOf({ comparison, ensembles }: Sampled): readonly { readonly shape: Shape; readonly symbol: string }[] {
  const ends = ensembles.length > 1 ? [ensembles[0]!, ensembles.at(-1)!] : ensembles;
  return comparison.observables.flatMap((observable) => {
    if (observable.grid !== undefined) return [];
    return ends.flatMap((ensemble) => {
      const shape = shapeOf(ensemble, observable, { resamples: RESAMPLES, confidence: comparison.confidence, key: key(comparison.seed).fold("shapes", comparison.pair, comparison.parameterText) });
      return shape === undefined ? [] : [{ shape, symbol: observable.symbol }];
    });
  });
}

function shapeRow({ n, observable, replicas, skewness, excessKurtosis, gaussian, symmetric }: Shape, { statements, sizes }: Comparison): readonly (string | number | null)[] {
  const groups = statements.find((one) => one.observable === observable && one.groups !== undefined)?.groups;
  const atLargest = sizes.at(-1)?.n === n;
  return [
    n,
    replicas,
    estimateInWords(skewness),
    estimateInWords(excessKurtosis),
    Number(Math.min(gaussian.skewness, gaussian.excessKurtosis).toPrecision(2)),
    Number(symmetric.toPrecision(2)),
    atLargest ? (groups === undefined ? "one" : `two, around ${groups.modes.map((mode) => mode.toPrecision(3)).join(" and ")}`) : null,
  ];
}

function estimateInWords(estimate: StatisticEstimate): string | null {
  return estimate.defined ? formatWithInterval(estimate.value, estimate.interval) : null;
}
