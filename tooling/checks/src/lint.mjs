/** @file ESLint with type-checked rules and the house rules of tooling/config/eslint, in every package. */
import { taskFindings } from "./task.mjs";

export const title = "lint: type-checked rules and the house's";

export function check(root) {
  return taskFindings(root, "lint");
}
