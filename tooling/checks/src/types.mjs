/** @file TypeScript at its strictest over sources and tests, in every package. */
import { taskFindings } from "./task.mjs";

export const title = "types: sources and tests at the strictest";

export function check(root) {
  return taskFindings(root, "typecheck");
}
