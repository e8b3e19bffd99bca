export { gaussianPopulation } from "./gaussian-population.js";
export { gramPopulation } from "./gram-population.js";
export type { GramOptions } from "./gram-population.js";
export type { Field, Population, Process, Term } from "./population.js";
export { blockAt } from "./time-kernel.js";
export type { TimeKernel } from "./time-kernel.js";
export { driveCoefficients, drivenField, history, trainedMatrix } from "./trained-matrix.js";
export type { Drive, DriveParts, History, TrainedMatrix, TrainedMatrixOptions } from "./trained-matrix.js";
export { drawGram } from "./wishart.js";
