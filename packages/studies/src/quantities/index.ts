import type { Quantity } from "../quantity.js";
import { departureLawQuantity, firstDepartureQuantity, landauQuantity, modeSelectionQuantity } from "./departure.js";
import { clusterNumberQuantity, initialGrowthQuantity, slowdownQuantity, structureFactorQuantity, validityQuantity } from "./finite-n.js";
import {
  circleTruncationQuantity,
  funkHeckeQuantity,
  harmonicsQuantity,
  kernelExpansionQuantity,
  sphereTruncationQuantity,
  vonMisesFisherQuantity,
} from "./harmonics.js";
import { dominantDegreeQuantity, growthRateQuantity, growthTransitionQuantity } from "./linear-theory.js";
import { kernelFieldQuantity } from "./kernel-field.js";
import { meanFieldCircleQuantity } from "./mean-field-circle.js";
import { attentionKernelsQuantity, attentionMomentsQuantity, attentionTangentQuantity, kernelDescentQuantity } from "./multi-head-kernels.js";
import { headMapLimitQuantity, headMapQuantity, oneBlockQuantity } from "./multi-head-training.js";
import { oneBitCriticalBetaQuantity, oneBitMagnetisationQuantity, oneBitThreeCycleQuantity, oneBitValueEigenvaluesQuantity, oneBitWindowMultipliersQuantity } from "./one-bit-closed-forms.js";
import { oneBitBifurcationsQuantity, oneBitFixedPointQuantity, oneBitPeriodicOrbitQuantity } from "./one-bit-orbits.js";
import { oneBitLyapunovQuantity, oneBitTrajectoryQuantity } from "./one-bit-trajectories.js";
import {
  besselIQuantity,
  errorFunctionQuantity,
  exponentialIntegralQuantity,
  gammaQuantity,
  gegenbauerQuantity,
  hypergeometric0F1Quantity,
  hypergeometric2F1Quantity,
} from "./special-functions.js";
import { whichLimitQuantity } from "./which-limit.js";

/** Everything that `mesoscope compute` answers. */
export const quantities: readonly Quantity[] = [
  besselIQuantity,
  gegenbauerQuantity,
  gammaQuantity,
  exponentialIntegralQuantity,
  errorFunctionQuantity,
  hypergeometric0F1Quantity,
  hypergeometric2F1Quantity,
  harmonicsQuantity,
  funkHeckeQuantity,
  kernelExpansionQuantity,
  vonMisesFisherQuantity,
  circleTruncationQuantity,
  sphereTruncationQuantity,
  growthRateQuantity,
  dominantDegreeQuantity,
  growthTransitionQuantity,
  slowdownQuantity,
  structureFactorQuantity,
  initialGrowthQuantity,
  validityQuantity,
  landauQuantity,
  departureLawQuantity,
  firstDepartureQuantity,
  modeSelectionQuantity,
  clusterNumberQuantity,
  kernelFieldQuantity,
  meanFieldCircleQuantity,
  oneBitMagnetisationQuantity,
  oneBitCriticalBetaQuantity,
  oneBitValueEigenvaluesQuantity,
  oneBitWindowMultipliersQuantity,
  oneBitThreeCycleQuantity,
  oneBitFixedPointQuantity,
  oneBitTrajectoryQuantity,
  oneBitLyapunovQuantity,
  oneBitPeriodicOrbitQuantity,
  oneBitBifurcationsQuantity,
  attentionKernelsQuantity,
  attentionTangentQuantity,
  attentionMomentsQuantity,
  kernelDescentQuantity,
  headMapQuantity,
  headMapLimitQuantity,
  oneBlockQuantity,
  whichLimitQuantity,
];
