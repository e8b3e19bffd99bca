export type {
  ActivationName,
  ActivationParameters,
  AdamStepParameters,
  BinomialsParameters,
  LinearCombinationParameters,
  MatmulParameters,
  NormalsParameters,
  RowNormaliseParameters,
  RowParameters,
  RowSoftmaxParameters,
  SwapAxesParameters,
} from "./array-parameters.js";
export { BACKEND_VERSION, checkBackendVersion } from "./backend.js";
export type { Backend, BackendSupport, LossReason, Plan, SelfCheck, SelfCheckLine, Tensor } from "./backend.js";
export { catalogue, catalogueEntry, checkedShapes, kernelNames } from "./catalogue.js";
export type { CatalogueEntry, KernelLimits, KernelName, KernelParameters, KernelShapes } from "./catalogue.js";
export type { Dtype } from "./dtype.js";
export { requireFloatWeights } from "./float-weights.js";
export { backendHandles } from "./handles.js";
export type { BackendHandles, CheckedSubmission } from "./handles.js";
export { KernelError } from "./kernel-error.js";
export type { KernelErrorCode, KernelErrorParts } from "./kernel-error.js";
export { agreement } from "./laws/agreement.js";
export type { Agreement } from "./laws/agreement.js";
export { cases, inputsOf } from "./laws/cases.js";
export type { Case } from "./laws/cases.js";
export { backendLaws } from "./laws/index.js";
export { LawError } from "./laws/law.js";
export type { BackendLaw } from "./laws/law.js";
export type {
  AngleSize,
  ArrayKernelParameters,
  AttentionParameters,
  AttentionStepParameters,
  ElementwiseParameters,
  GeneralAttentionParameters,
  HarmonicParameters,
  HarmonicStepParameters,
  InteractionParameters,
  MomentParameters,
  SphericalMomentParameters,
  SphericalParameters,
  StepParameters,
  StepTableau,
  TokenSize,
} from "./parameters.js";
export { plainCopy } from "./plain-copy.js";
export { activation, activationBackward, activations, activationSlopes } from "./reference/activation.js";
export { adamStep } from "./reference/adam-step.js";
export type { AdamState } from "./reference/adam-step.js";
export { attention } from "./reference/attention.js";
export { attentionDrift } from "./reference/attention-drift.js";
export { attentionStep } from "./reference/attention-step.js";
export { referenceBackend } from "./reference/backend.js";
export { binomials, keyHalves, normals } from "./reference/draws.js";
export { harmonicDrift } from "./reference/harmonic-drift.js";
export { harmonicMoments } from "./reference/harmonic-moments.js";
export { harmonicStep } from "./reference/harmonic-step.js";
export { interactionSums } from "./reference/interaction-sums.js";
export { linearCombination } from "./reference/linear-combination.js";
export { matmul } from "./reference/matmul.js";
export { rowNormalise, rowNormaliseBackward } from "./reference/row-normalise.js";
export { rowSoftmax, rowSoftmaxBackward } from "./reference/row-softmax.js";
export { sphericalDrift, sphericalMoments } from "./reference/spherical.js";
export { swapAxes } from "./reference/swap-axes.js";
export { harmonicTable, orderStart } from "./spherical/recurrence.js";
export type { HarmonicTable } from "./spherical/recurrence.js";
export { runSelfCheck } from "./self-check.js";
export { elements, sameShape, shapeText } from "./shape.js";
export type { Shape } from "./shape.js";
