/** @file Kernels on whole arrays: copies, turns, combinations, functions of every number, and the probe of long loops. */
import { exponential, hyperbolicTangent } from "./arithmetic.js";
import type { Source } from "./source.js";

const HERE = "[this.thread.z][this.thread.y][this.thread.x]";

/** The same numbers: fetches a staged upload to the device, or a device array to the host. */
export const copy: Source = { parameters: { x: "array" }, body: `return x${HERE};` };

/** Axes x and y exchanged: tokens (R, n, d) become columns (R, d, n), where neighbouring threads read neighbouring numbers. */
export const turned: Source = { parameters: { x: "array" }, body: "return x[this.thread.z][this.thread.x][this.thread.y];" };

/** A row of pairs as two numbers to a row: (R, 1, 2 m) -> (R, m, 2). */
export const folded: Source = { parameters: { x: "array" }, body: "return x[this.thread.z][0][2 * this.thread.y + this.thread.x];" };

/** a x + b y. */
export const combination: Source = { parameters: { x: "array", y: "array", a: "float", b: "float" }, body: `return a * x${HERE} + b * y${HERE};` };

/** The larger of x and y. */
export const larger: Source = { parameters: { x: "array", y: "array" }, body: `const first = x${HERE};\nconst second = y${HERE};\nreturn second > first ? second : first;` };

/** e^x. */
export const exponentials: Source = { parameters: { x: "array" }, body: `${exponential(`x${HERE}`, "result")}\nreturn result;` };

/** tanh x. */
export const hyperbolicTangents: Source = { parameters: { x: "array" }, body: `${hyperbolicTangent(`x${HERE}`, "result")}\nreturn result;` };

/** Lengths of the two loops of {@link longLoop}: 36,000 inner iterations, about as many as any kernel makes. */
export const PROBE_LOOPS: readonly [outer: number, inner: number] = [360, 100];

/** Adds x[0][0][0] once in every iteration: a driver that cuts loops short gives less than their number. */
export const longLoop: Source = {
  parameters: { x: "array" },
  body: `let total = 0.0;
for (let outer = 0; outer < ${PROBE_LOOPS[0]}; outer++) {
  let part = 0.0;
  for (let inner = 0; inner < ${PROBE_LOOPS[1]}; inner++) {
    part = part + x[0][0][this.thread.x];
  }
  total = total + part;
}
return total;`,
};
