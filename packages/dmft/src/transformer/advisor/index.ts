export type { LimitAnswer } from "./answers.js";
export type { ErrorTerm } from "./errors.js";
export { ARCHITECTURES, OPTIMISERS, SCHEMES, WEIGHT_GROUPS } from "./question.js";
export type { LimitQuestion, WeightGroup } from "./question.js";
export type { TheoryAdvice } from "./theories.js";
export type { LimitWarning } from "./warnings.js";
export { whichLimit } from "./which-limit.js";
export type { LimitAdvice } from "./which-limit.js";
