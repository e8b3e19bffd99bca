/** @file The published network in the four regimes that the studies of finite size look at. */
import { oneBitNetwork } from "@mesoscope/dmft/hopfield";
import type { AttentionNetwork } from "@mesoscope/hopfield-transformer";

/** One inverse temperature of the published network, and what its limit does there. */
export interface Regime {
  readonly id: string;
  readonly beta: number;
  /** For panels and subjects: "β = 1.28, in chaos". */
  readonly title: string;
  /** For lists of cases: "chaos, β = 1.28". */
  readonly label: string;
  /** For sentences: "in chaos". */
  readonly short: string;
  /** For sentences that stand alone: "in chaos (β = 1.28)". */
  readonly name: string;
}

function regime(id: string, beta: number, noun: string, short: string, long = short): Regime {
  return { id, beta, label: `${noun}, β = ${beta}`, short, title: `β = ${beta}, ${long}`, name: `${short} (β = ${beta})` };
}

/** Fixed but for the clock of the positions; on a torus; locked to a long period between chaos; chaotic. */
export const regimes: readonly Regime[] = [
  regime("rest", 1.2, "rest", "at rest", "at rest but for its clock of period 4"),
  regime("torus", 1.255, "torus", "on a torus", "on a torus (quasi-periodic)"),
  regime("period", 1.27, "period 28", "on a period of 28"),
  regime("chaos", 1.28, "chaos", "in chaos"),
];

/** The network behind the figures of the paper. */
export function publishedNetwork(beta: number): AttentionNetwork {
  return oneBitNetwork("paper3", { beta });
}

/** What the four inverse temperatures stand for, in one sentence. */
export const REGIMES_IN_WORDS =
  "At β = 1.2 its map rests, but for the clock of its positions, which has period 4; at 1.255 it moves on a torus, at 1.27 on a period of 28 tokens, at 1.28 in chaos.";
