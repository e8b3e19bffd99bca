/**
 * @file A kernel as gpu.js takes it: the text of a function of one thread. Text, not a function, so that no minifier ever renames anything in
 * it (source-rules.ts says why). All arrays have three axes and are read `x[z][y][x]`; an array (R, a, b) has b along x, a along y, R along z.
 */

/** What an argument is: an array on the device or a number. Counts are numbers, too: gpu.js makes a float of every variable, and refuses to mix the two. */
export type ParameterType = "array" | "float";

/** One kernel. */
export interface Source {
  readonly parameters: Readonly<Record<string, ParameterType>>;
  /** The statements, which end in `return`. */
  readonly body: string;
}

/** The least number of `ladder` that is at least `needed`, or its last: loops have literal bounds, and a few lengths serve all sizes. */
export function rung(ladder: readonly number[], needed: number): number {
  return ladder.find((length) => length >= needed) ?? ladder.at(-1)!;
}

/** The text that gpu.js takes. */
export function textOf({ parameters, body }: Source): string {
  return `function (${Object.keys(parameters).join(", ")}) {\n${body}\n}`;
}

/** Terms added two and two, so that a sum of m terms makes log2 m roundings in a row and not m. */
export function balancedSum(terms: readonly string[]): string {
  if (terms.length === 1) return terms[0]!;
  const half = Math.ceil(terms.length / 2);
  return `(${balancedSum(terms.slice(0, half))} + ${balancedSum(terms.slice(half))})`;
}
