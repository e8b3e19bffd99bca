/** @file The four networks: two architectures at two powers of N in the logits. */

/** What is judged: the output on the first input, whose target is 1. */
export const OUTPUT = "output-1";
/** The kernel of the pooled values on it. */
export const KERNEL = "values-1";

/** A network at one power of N in its logits. */
export interface System {
  readonly id: string;
  readonly title: string;
  /** After "for": "heads that are read out directly at α_A = 1". */
  readonly name: string;
  readonly network: "heads" | "block";
  readonly alphaA: 0.5 | 1;
}

export const systems: readonly System[] = (["heads", "block"] as const).flatMap((network) =>
  ([1, 0.5] as const).map((alphaA): System => {
    const power = alphaA === 1 ? "α_A = 1" : "α_A = 1/2";
    const name = network === "heads" ? "heads read out directly" : "one block with output projection";
    return { id: `${network}-${alphaA === 1 ? "one" : "half"}`, title: `${name}, ${power}`, name: `${name} at ${power}`, network, alphaA };
  }),
);

/** Powers of N and H that the leading order predicts of a variance, [eq:size-orders]. */
export function predictedPowers({ alphaA }: System): readonly [number, number] {
  return [2 * alphaA - 1, 1];
}
