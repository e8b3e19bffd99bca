/** @file Parts of what is done to rows, which are columns here: x (R, m, n), one number of each column (R, 1, n). */
import type { Source } from "./source.js";

const HERE = "[this.thread.z][this.thread.y][this.thread.x]";
const COLUMN = "[this.thread.z][0][this.thread.x]";

/** factor times the sum of x y over `length` numbers from thread.y * length on, in parts of 16. -> (R, segments, n). */
export function productSums(length: number): Source {
  return {
    parameters: { x: "array", y: "array", count: "float", factor: "float" },
    body: `let total = 0.0;
for (let block = 0; block < ${length / 16}; block++) {
  let part = 0.0;
  for (let turn = 0; turn < 16; turn++) {
    const next = this.thread.y * ${length} + block * 16 + turn;
    const at = next < count ? next : count - 1;
    part = next < count ? part + x[this.thread.z][at][this.thread.x] * y[this.thread.z][at][this.thread.x] : part;
  }
  total = total + part;
}
return factor * total;`,
  };
}

/** x less a number of its column. */
export const lessColumn: Source = { parameters: { x: "array", b: "array" }, body: `return x${HERE} - b${COLUMN};` };

/** sqrt(x + epsilon). */
export const roots: Source = { parameters: { x: "array", epsilon: "float" }, body: `return Math.sqrt(x${HERE} + epsilon);` };

/** y (g - b), b a number of the column. */
export const weightedLess: Source = { parameters: { y: "array", g: "array", b: "array" }, body: `return y${HERE} * (g${HERE} - b${COLUMN});` };

/** (g - mean - y along) / deviation, all but g and y numbers of the column. */
export const normalisedBack: Source = {
  parameters: { g: "array", y: "array", mean: "array", along: "array", deviation: "array" },
  body: `return ((g${HERE} - mean${COLUMN}) - y${HERE} * along${COLUMN}) / deviation${COLUMN};`,
};
