import type { Equation } from "@mesoscope/contracts";

/** A JSON Schema (2020-12), as data. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** One theory value that can be asked for from any language: JSON in, JSON out. */
export interface Quantity {
  readonly id: string;
  readonly title: string;
  readonly equations: readonly Equation[];
  /** Schema of the input object. */
  readonly input: JsonSchema;
  /** Schema of the answer. */
  readonly output: JsonSchema;
  /** An input that works, for help texts and tests. */
  readonly example: Readonly<Record<string, unknown>>;
  /** Called with an input that has passed `input`; throws DomainError where the mathematics ends. */
  compute(input: Readonly<Record<string, unknown>>): unknown;
}

/** A quantity whose `compute` knows the type that its input schema describes. */
export function quantity<Input extends object>(
  definition: Omit<Quantity, "compute" | "example"> & { readonly example: Input; compute(input: Input): unknown },
): Quantity {
  return definition as unknown as Quantity;
}
