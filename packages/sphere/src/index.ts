export { funkHeckeRatio, logFunkHecke } from "./funk-hecke.js";
export { harmonicDimension, harmonicDimensionExact, harmonicEigenvalue } from "./harmonics.js";
export { geodesicDistance, normaliseRows, projectTangent } from "./rows.js";
export { circleTruncation, circleTruncationBound, sphereTruncation, sphereTruncationBound } from "./truncation.js";
export { sampleUniformSphere } from "./uniform.js";
