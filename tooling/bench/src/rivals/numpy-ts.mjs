/** @file numpy-ts as a competitor: arrays in its own memory, which does not grow and is freed by hand. */
import { optional } from "./absent.mjs";
import { inThisProcess } from "../turns/clock.mjs";
import { versionOf } from "./version.mjs";

/** The package has one memory for the process, fixed before its first array. */
const MEMORY = 2 ** 31;
let configured = false;

/**
 * @param {object} words
 * @param {string} words.title
 * @param {string} words.form
 * @param {(np: any, array: Function, problem: any) => any} words.keep the problem in arrays that are kept: { name: array }; array(numbers, shape) makes one
 * @param {(np: any, kept: any, problem: any, give: (part: any) => void) => void} words.solve gives the result, part by part in order, and frees what it made
 */
export const numpyTsCompetitor = ({ title, form, keep, solve }) => ({
  title,
  form,
  dtypes: ["f64", "f32"],
  threads: [1],
  open: async () => {
    const np = await optional("numpy-ts");
    if (!configured) np.configureWasm({ maxMemory: MEMORY });
    configured = true;
    return { version: versionOf("numpy-ts"), load: (problem, dtype) => loaded(np, { keep, solve }, problem, dtype), close: () => undefined };
  },
});

function loaded(np, { keep, solve }, problem, dtype) {
  const array = (numbers, shape) => (dtype === "f64" ? np.array(numbers, "float64") : np.array(Float32Array.from(numbers), "float32")).reshape(shape);
  const kept = keep(np, array, problem);
  return {
    time: inThisProcess(() => solve(np, kept, problem, () => undefined)),
    result: () => {
      const numbers = [];
      solve(np, kept, problem, (part) => numbers.push(Float64Array.from(part.tolist().flat(Infinity))));
      return Float64Array.from(numbers.flatMap((part) => Array.from(part)));
    },
    free: () => Object.values(kept).forEach((one) => one.dispose()),
  };
}

/** Runs work(keep, drop): frees what was kept and not dropped before. */
export function freeing(work) {
  const made = [];
  const keep = (array) => (made.push(array), array);
  const drop = (array) => (made.splice(made.indexOf(array), 1), array.dispose());
  work(keep, drop);
  for (const array of made) array.dispose();
}
