/** @file The chain in distribution: one binomial a class and token, whatever N, [eq:class-binomial]. */
import type { UniformSource } from "@mesoscope/numerics";
import { drawBinomial, exp } from "@mesoscope/numerics";
import type { AttentionWindow } from "./attention-window.js";
import { attentionWindow } from "./attention-window.js";
import type { FiniteHead } from "./finite-head.js";

/** A chain in motion. Start its window, then step. */
export interface BinomialChain {
  readonly head: FiniteHead;
  /** The window machine: start it from a token or a window before the first step. */
  readonly window: AttentionWindow;
  /** u_c = 2 K_c / n_c - 1 of the newest drawn token (C); renewed by every step. */
  readonly u: Float64Array;
  /** Draws the next token and pushes it. */
  readonly step: (stream: UniformSource) => void;
}

/** The chain of a head. All replicas of a run can share one: `window.startFromToken` begins anew. */
export function binomialChain(head: FiniteHead): BinomialChain {
  const window = attentionWindow(head.network);
  const { sizes, network: { beta } } = head;
  const classes = sizes.length;
  const u = new Float64Array(classes);
  const fields = new Float64Array(classes);
  const step = (stream: UniformSource): void => {
    window.fields(fields);
    for (let c = 0; c < classes; c += 1) u[c] = drawMagnetisation(stream, sizes[c]!, beta * fields[c]!);
    window.push(u);
  };
  return Object.freeze({ head, window, u, step });
}

/**
 * 2 K / n - 1 with K ~ Binomial(n, (1 + tanh x) / 2). The rarer sign is counted, so that its probability e^{-2|x|} / (1 + e^{-2|x|}) keeps all digits
 * where 1 + tanh x has none left.
 */
export function drawMagnetisation(stream: UniformSource, n: number, x: number): number {
  const odds = exp(-2 * Math.abs(x));
  const rare = drawBinomial(stream, n, odds / (1 + odds));
  return x > 0 ? 1 - (2 * rare) / n : (2 * rare) / n - 1;
}
