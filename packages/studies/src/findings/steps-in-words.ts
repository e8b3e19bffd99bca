/** "1 step", "4 steps" */
export function stepsInWords(steps: number): string {
  return steps === 1 ? "1 step" : `${steps} steps`;
}
