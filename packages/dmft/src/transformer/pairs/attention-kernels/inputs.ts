/** @file Inputs that are known by name: few enough tokens that theories are quadratures. Data only. */

/** Tokens with words. */
export interface NamedInputs {
  readonly title: string;
  readonly inputs: number;
  readonly tokens: number;
  readonly features: number;
  /** Row-major (inputs, tokens, features). */
  readonly x: readonly number[];
}

export type KernelInputsName = "two-tokens" | "three-tokens" | "two-inputs";

/**
 * Small inputs by name. Tokens that point away from each other: what a head carries then depends much on where it attends, so that heads differ and the width of a head matters.
 */
export const kernelInputs: Readonly<Record<KernelInputsName, NamedInputs>> = Object.freeze({
  "two-tokens": { title: "one input of two tokens with two features", inputs: 1, tokens: 2, features: 2, x: [1.5, 0.5, -1.2, 0.8] },
  "three-tokens": { title: "one input of three tokens with three features", inputs: 1, tokens: 3, features: 3, x: [1.5, 0.5, 1, 0, 1.5, 1, -1, 0.5, 1.5] },
  "two-inputs": { title: "two inputs of two tokens with three features", inputs: 2, tokens: 2, features: 3, x: [1.5, 0.5, 1, 0, 1.5, 1, 1, -0.5, 1.5, 0.5, 1, -1] },
});

/** All names, in the order in which they are listed. */
export const KERNEL_INPUTS_NAMES: readonly KernelInputsName[] = Object.freeze(Object.keys(kernelInputs) as KernelInputsName[]);
