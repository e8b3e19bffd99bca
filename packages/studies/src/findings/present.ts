/** A list of what is there: for members of a list that may have nothing to say. */
export function present<T>(value: T | undefined): readonly T[] {
  return value === undefined ? [] : [value];
}
