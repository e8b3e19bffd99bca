/** @file How far the laws of the replicas are from Gaussian, symmetric, and of one group. */
import type { Table } from "@mesoscope/contracts";
import { formatNumber, shapeOf, type Comparison, type Ensemble, type Shape } from "@mesoscope/finite-size";
import { key } from "@mesoscope/numerics";
import { tableIfAny } from "./table.js";
import { estimateInWords } from "./words.js";

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

function shapeRow({ n, observable, replicas, skewness, excessKurtosis, gaussian, symmetric }: Shape, { statements }: Comparison): readonly (string | number | null)[] {
  // Groups are looked for at the largest size of a theory: nothing is known of this size if that is another one.
  const looked = statements.filter((one) => one.observable === observable && one.quantity === "mean" && one.bySize.findLast(({ entries }) => entries.length > 0)?.n === n);
  const groups = looked.find((one) => one.groups !== undefined)?.groups;
  return [
    n,
    replicas,
    estimateInWords(skewness),
    estimateInWords(excessKurtosis),
    Number(Math.min(gaussian.skewness, gaussian.excessKurtosis).toPrecision(2)),
    Number(symmetric.toPrecision(2)),
    looked.length === 0 ? null : groups === undefined ? "no two seen" : `two, around ${groups.modes.map((mode) => formatNumber(mode)).join(" and ")}`,
  ];
}
