export type { LimitAnswer } from "./answers.js";
export type { ErrorTerm } from "./errors.js";
export type { LimitQuestion } from "./question.js";
export type { TheoryAdvice } from "./theories.js";
export type { LimitWarning } from "./warnings.js";
export { whichLimit } from "./which-limit.js";
export type { LimitAdvice } from "./which-limit.js";
