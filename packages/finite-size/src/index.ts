export { planCells, weightOf, type Cell, type RunCells } from "./design/cells.js";
export { checkDesign, geometricSizes, replicasAt, sizeAt, type Design } from "./design/design.js";
export { AbortedError, runSerially } from "./design/run-serially.js";
export { settleBatch } from "./design/settle-batch.js";
export { gather, type Ensemble } from "./ensemble/ensemble.js";
