/** @file How deep lists lie in lists: whoever reads them calls itself for each, and an engine ends a program that runs out of stack. */

/** Study files and parameters are flat. */
export const deepest = 64;

/** Whether a text opens so many brackets in brackets. */
export function isTower(text: string): boolean {
  let depth = 0;
  for (const letter of text) {
    if (letter === "[" || letter === "{") depth++;
    else if (letter === "]" || letter === "}") depth = Math.max(0, depth - 1);
    if (depth > deepest) return true;
  }
  return false;
}

/** As `isTower`, also for the lists that YAML writes by dashes and indentation. */
export function isTowerOfYaml(text: string): boolean {
  return isTower(text) || text.split("\n").some((line) => (/^[-?:\s]*/.exec(line)?.[0].length ?? 0) > 2 * deepest);
}

/** Whether a value has so many levels, or no end: YAML may name a list inside of itself. */
export function isDeep(value: unknown, left: number = deepest): boolean {
  if (typeof value !== "object" || value === null) return false;
  return left === 0 || Object.values(value).some((entry) => isDeep(entry, left - 1));
}
