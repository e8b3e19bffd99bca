export { dot } from "./dot.js";
export { logSumExp } from "./log-sum-exp.js";
export { mean, meanAndVariance } from "./moments.js";
export type { MeanAndVariance } from "./moments.js";
export { compensatedSum, pairwiseSum } from "./sum.js";
