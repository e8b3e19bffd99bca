/** @file A deep copy of the parameters of a plan, so that a plan does not change with the caller's arrays. */

/** Objects, arrays and typed arrays (as arrays) copied to the bottom. */
export function plainCopy<T>(value: T): T {
  if (typeof value !== "object" || value === null) return value;
  if (ArrayBuffer.isView(value)) return Array.from(value as unknown as ArrayLike<number>) as T;
  if (Array.isArray(value)) return value.map((item: unknown) => plainCopy(item)) as T;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, plainCopy(item as unknown)])) as T;
}
