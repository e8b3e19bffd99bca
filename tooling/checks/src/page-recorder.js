/**
 * @file What an example prints, the same in Node and in a page: each call of the console becomes one line of JSON with
 * all its arguments, numbers to the last bit. Loaded before the example; knows neither Node nor the page.
 */

/** A value as JSON that keeps what JSON loses: -0, NaN, infinities, undefined, typed arrays, maps, errors, classes. */
function described(value, above = []) {
  if (typeof value === "number") return Number.isFinite(value) && !Object.is(value, -0) ? value : { number: Object.is(value, -0) ? "-0" : String(value) };
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value !== "object") return { [typeof value]: typeof value === "function" ? value.name : String(value) };
  if (above.includes(value)) return { circle: above.length - above.indexOf(value) };
  const deeper = (one) => described(one, [...above, value]);
  const kind = Object.getPrototypeOf(value)?.constructor?.name ?? "";
  if (value instanceof Error) return { error: `${value.name}: ${value.message}` };
  if (Array.isArray(value)) return Array.from(value, deeper);
  if (ArrayBuffer.isView(value) || value instanceof Set) return { kind, items: Array.from(value, deeper) };
  if (value instanceof Map) return { kind, items: Array.from(value, ([key, one]) => [deeper(key), deeper(one)]) };
  return { kind, fields: Object.fromEntries(Object.entries(value).map(([key, one]) => [key, deeper(one)])) };
}

const print = console.log.bind(console);
for (const method of ["log", "info", "warn", "error", "debug", "table", "dir"]) {
  console[method] = (...values) => print(`printed ${JSON.stringify([method, ...values.map((one) => described(one))])}`);
}
