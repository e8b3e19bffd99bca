import { attentionKernels } from "./attention-kernels/study.js";
import { attentionSaturation } from "./attention-saturation/study.js";
import { circleConvergence } from "./circle-convergence/study.js";
import { circleEmergence } from "./circle-emergence/study.js";
import { featureLearning } from "./feature-learning/study.js";
import { coordinateCheck } from "./coordinate-check/study.js";
import { growthRates } from "./growth-rates/study.js";
import { headDiversity } from "./head-diversity/study.js";
import { oneBitAttractors } from "./one-bit-attractors/study.js";
import { oneBitBifurcation } from "./one-bit-bifurcation/study.js";
import { oneBitCritical } from "./one-bit-critical/study.js";
import { oneBitExact } from "./one-bit-exact/study.js";
import { oneBitFiniteSize } from "./one-bit-finite-size/study.js";
import { oneBitMemory } from "./one-bit-memory/study.js";
import { oneBitOrderOfLimits } from "./one-bit-order-of-limits/study.js";
import { oneBitPhaseMap } from "./one-bit-phase-map/study.js";
import type { Study } from "./study.js";
import { widthAndHeads } from "./width-and-heads/study.js";

/** The bundled studies, in the order in which they are run and read. */
export const studies: readonly Study[] = [
  growthRates,
  circleEmergence,
  circleConvergence,
  oneBitBifurcation,
  oneBitAttractors,
  oneBitPhaseMap,
  oneBitExact,
  oneBitFiniteSize,
  oneBitCritical,
  oneBitOrderOfLimits,
  oneBitMemory,
  attentionKernels,
  headDiversity,
  widthAndHeads,
  featureLearning,
  coordinateCheck,
  attentionSaturation,
];
