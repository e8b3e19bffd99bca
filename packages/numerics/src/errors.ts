/**
 * @file The one error of the numerical packages: a value outside the domain of a function.
 *
 * A message always has three parts: the value, the rule it breaks, and what to do instead. A solver that merely
 * fails to reach its goal does not throw; it returns an `Outcome` (see outcome.ts).
 */

/** What a {@link DomainError} is made of. */
export interface DomainErrorParts {
  /** Name of the offending quantity as the caller knows it, for example `beta`. */
  readonly name: string;
  /** The value that was given. */
  readonly value: unknown;
  /** The rule it breaks, a clause that reads after the value: `must be finite`. */
  readonly rule: string;
  /** What to do instead, a full sentence. */
  readonly remedy: string;
}

/** Bounds of a range; either end may be left out. Both ends belong to the range. */
export interface Bounds {
  readonly min?: number;
  readonly max?: number;
}

/**
 * A value lies outside the domain on which a function is defined.
 *
 * Message: `beta = Infinity: must be finite. Give a finite number.` The parts stay readable as properties.
 */
export class DomainError extends RangeError {
  override readonly name: string = "DomainError";
  /** Name of the quantity (the property `name` belongs to the error class, as for every JavaScript error). */
  declare readonly quantity: string;
  declare readonly value: unknown;
  declare readonly rule: string;
  declare readonly remedy: string;

  constructor({ name, value, rule, remedy }: DomainErrorParts) {
    super(`${name} = ${describe(value)}: ${rule}. ${remedy}`);
    // At once, and with fields only declared: each form more is bytes in every bundle that checks an argument.
    Object.assign(this, { quantity: name, value, rule, remedy });
  }
}

/**
 * The value itself when it is a finite number.
 * @throws DomainError for NaN, an infinity, or anything that is not a number.
 */
export function requireFinite(name: string, value: number, remedy = "Give a finite number."): number {
  if (!Number.isFinite(value)) throw new DomainError({ name, value, rule: "must be finite", remedy });
  return value;
}

/**
 * The value itself when it is an integer that a double holds exactly (|value| < 2^53) inside the range.
 * @throws DomainError otherwise.
 */
export function requireInteger(name: string, value: number, range: Bounds = {}, remedy?: string): number {
  const { min = -Number.MAX_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER } = range;
  if (!Number.isSafeInteger(value) || value < min || value > max) {
    throw outside(name, value, `an integer${clause(range)}`, remedy);
  }
  return value;
}

/**
 * The value itself when it is finite and greater than zero.
 * @throws DomainError otherwise.
 */
export function requirePositive(name: string, value: number, remedy = "Give a finite number greater than 0."): number {
  if (!(Number.isFinite(value) && value > 0)) {
    throw new DomainError({ name, value, rule: "must be finite and greater than 0", remedy });
  }
  return value;
}

/**
 * The value itself when min <= value <= max (both ends included; an infinite end admits that infinity).
 * @throws DomainError otherwise, NaN included.
 */
export function requireInRange(name: string, value: number, range: Bounds, remedy?: string): number {
  const { min = -Infinity, max = Infinity } = range;
  if (!(typeof value === "number" && value >= min && value <= max)) {
    throw outside(name, value, `a number${clause(range)}`, remedy);
  }
  return value;
}

/** What one call may hold at once: all that WebAssembly can address. */
const MOST_BYTES = 2 ** 32;

/**
 * Asks before memory is taken: at most 2^32 bytes, 4 GiB.
 * @param what what is to be held; the error names it, its bytes and the bound
 * @throws DomainError for more
 */
export function requireMemory(what: string, bytes: number, remedy: string): void {
  if (!(bytes <= MOST_BYTES)) throw new DomainError({ name: `bytes of ${what}`, value: bytes, rule: `must be at most ${MOST_BYTES}`, remedy });
}

function outside(name: string, value: unknown, what: string, remedy = `Give ${what}.`): DomainError {
  return new DomainError({ name, value, rule: `must be ${what}`, remedy });
}

function clause({ min, max }: Bounds): string {
  if (min === undefined) return max === undefined ? "" : ` of at most ${max}`;
  return max === undefined ? ` of at least ${min}` : ` from ${min} to ${max}`;
}

/** Short text of any value: strings quoted, arrays by their length, so that no message floods a log. */
function describe(value: unknown): string {
  if (typeof value === "string") return value.length > 80 ? `"${value.slice(0, 77)}..."` : `"${value}"`;
  if (Object.is(value, -0)) return "-0";
  if (Array.isArray(value) || ArrayBuffer.isView(value)) {
    const size = "length" in value ? value.length : value.byteLength;
    return `${value.constructor.name} of length ${size}`;
  }
  if (typeof value === "object" && value !== null) return "an object";
  if (typeof value === "function") return "a function";
  return String(value);
}
