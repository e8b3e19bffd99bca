import { showNumber } from "../number.js";

/** "40 values, from 0.1 to 3": the least one can say of a list of numbers. */
export function summary(values: readonly number[]): string {
  if (values.length === 0) return "no values";
  let least = values[0]!;
  let most = values[0]!;
  for (const value of values) {
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  const count = values.length === 1 ? "1 value" : `${values.length} values`;
  return least === most ? `${count}, ${showNumber(least)}` : `${count} from ${showNumber(least)} to ${showNumber(most)}`;
}
