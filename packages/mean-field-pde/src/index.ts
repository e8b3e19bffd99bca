export { type Flow, type LinearModel } from "./linear/flow.js";
export { consecutiveRateRatio, growthRate, logGrowthRate, meanKernel, scaledGrowthRate, scaledTime } from "./linear/growth-rate.js";
export { competingDegrees, dominantDegree, growingDegrees, type DominantDegree } from "./linear/dominant-degree.js";
export { growthTransition, type GrowthTransition } from "./linear/growth-transition.js";
export { chiSquaredMean, type ChiSquaredMean } from "./laws/chi-squared-mean.js";
export { expectedClusterCount, type SmoothedField } from "./laws/cluster-number.js";
export { departureLaw, type Departure, type DepartureLaw } from "./laws/departure.js";
export { doubleModeVariance } from "./laws/double-mode-noise.js";
export { firstDepartureLaw, modeSelection, type FirstDepartureLaw, type Race, type Selection } from "./laws/first-departure.js";
export { effectiveThreshold, landauCoefficients, saturationOrZero, type LandauCoefficients } from "./laws/landau.js";
export { rivalAsymptotics } from "./laws/selection-asymptotics.js";
export { growthSlowdown, initialStructureGrowth, pairStructureGrowth, selfAttentionSlowdown } from "./laws/self-attention-slowdown.js";
export { correctedStructureFactorGrowth, linearHorizon, structureFactorGrowth } from "./laws/structure-factor.js";
export {
  raceMeters,
  rivalMeter,
  selectionMeter,
  selfAttentionMeter,
  singleModeMeters,
  thresholdMeter,
  type LawSetting,
  type ValidityMeter,
} from "./laws/validity.js";
export { densityAt, trapezoidLabels } from "./solver/circle-density.js";
export { solveCircleMeanField, type CircleMeanFieldProblem, type CircleMeanFieldSolution } from "./solver/circle-mean-field.js";
export { kernelField, kernelFieldOrder } from "./solver/kernel-field.js";
export { circleEmergencePair } from "./pairs/circle-emergence/pair.js";
export { circleFieldPair } from "./pairs/circle-field/pair.js";
export { tokenGrowthPair } from "./pairs/token-growth/pair.js";
