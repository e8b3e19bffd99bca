/** @file What the catalogue says of a kernel. */
import type { Shape } from "./shape.js";

/** Shapes of a kernel's arrays. */
export interface KernelShapes {
  readonly inputs: readonly Shape[];
  readonly outputs: readonly Shape[];
}

/** One line of the catalogue. */
export interface CatalogueEntry<P> {
  /** What it computes, in one paragraph. */
  readonly meaning: string;
  /** True when the output can be the next input: `repeat` and a shared input and output are allowed. */
  readonly iterates: boolean;
  /** Which input may be the same tensor as which output; the bytes are those of a separate output. Left out: none, but for kernels that iterate. */
  readonly inPlace?: readonly (readonly [input: number, output: number])[];
  /** @throws DomainError when no device could compute this. */
  readonly check: (parameters: P) => void;
  readonly shapes: (parameters: P) => KernelShapes;
}
