import type { Quantity } from "../quantity.js";
import { departureLawQuantity, firstDepartureQuantity, landauQuantity, modeSelectionQuantity } from "./departure.js";
import { clusterNumberQuantity, slowdownQuantity, structureFactorQuantity } from "./finite-n.js";
import { circleTruncationQuantity, funkHeckeQuantity, harmonicsQuantity } from "./harmonics.js";
import { dominantDegreeQuantity, growthRateQuantity, growthTransitionQuantity } from "./linear-theory.js";
import { meanFieldCircleQuantity } from "./mean-field-circle.js";
import { besselIQuantity, gegenbauerQuantity } from "./special-functions.js";

/** Everything that `mesoscope compute` answers. */
export const quantities: readonly Quantity[] = [
  besselIQuantity,
  gegenbauerQuantity,
  harmonicsQuantity,
  funkHeckeQuantity,
  circleTruncationQuantity,
  growthRateQuantity,
  dominantDegreeQuantity,
  growthTransitionQuantity,
  slowdownQuantity,
  structureFactorQuantity,
  landauQuantity,
  departureLawQuantity,
  firstDepartureQuantity,
  modeSelectionQuantity,
  clusterNumberQuantity,
  meanFieldCircleQuantity,
];
