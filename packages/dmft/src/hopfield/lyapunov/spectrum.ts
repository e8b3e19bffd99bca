/** @file The Lyapunov spectrum of a trajectory, with what a decision needs: errors from blocks and a verdict. */
import type { AttentionNetwork } from "@mesoscope/hopfield-transformer";
import { DomainError, key, outcome, requireInteger, requirePositive } from "@mesoscope/numerics";
import type { Outcome } from "@mesoscope/numerics";
import { meanFieldMap } from "../map/mean-field-map.js";
import { tangentMap } from "../map/tangent-map.js";
import type { TangentMap } from "../map/tangent-map.js";
import type { WindowState } from "../map/window-state.js";
import { blockMean } from "./block-statistics.js";
import { forgottenDirections } from "./forgotten-directions.js";
import type { ForgottenReason } from "./forgotten-directions.js";
import { clearLedger, orthonormalise, settleLedger, stretchLedger } from "./orthonormalise.js";

export interface LyapunovOptions {
  /** Tokens before anything is measured, >= 0. */
  readonly burnIn: number;
  /** Tokens after that in which the frame turns into the direction of growth; some 200. */
  readonly alignment: number;
  /** Tokens that are measured: a multiple of `blocks`. */
  readonly tokens: number;
  /** Blocks for the standard errors, >= 20. */
  readonly blocks: number;
  /** Standard error, in nats per token, at which the spectrum counts as converged. */
  readonly tolerance: number;
  /** Only the largest exponents, this many; all L C unless given. */
  readonly count?: number;
}

/** One exponent, in nats per token. */
export type LyapunovExponent =
  | { readonly kind: "finite"; readonly value: number; readonly standardError: number }
  /** Forgotten at once, whatever the trajectory. */
  | { readonly kind: "minus-infinity"; readonly reason: ForgottenReason }
  /** So strongly contracted that rounding hides it at a share of the tokens: all that is known is that it is below the bound. */
  | { readonly kind: "below-resolution"; readonly bound: number; readonly lostShare: number };

export interface LyapunovSpectrum {
  /** In descending order; at most L C. */
  readonly exponents: readonly LyapunovExponent[];
  /** (blocks, k) nats per token of the k exponents that are not minus infinity. */
  readonly blockValues: Float64Array;
  readonly blocks: number;
  readonly tokens: number;
  /** L C: how many exponents there are. */
  readonly size: number;
  /** `converged`: every standard error of a finite exponent is within the tolerance and both halves of the run agree. */
  readonly outcome: Outcome;
  /** Where the trajectory ended: go on from here. */
  readonly end: WindowState;
}

/**
 * Lyapunov exponents of the window map along a trajectory [eq:one-bit-lyapunov], by QR after every token. Burn-in and alignment are thrown away; standard errors
 * come from blocks. The positions are forced from outside and have no exponent.
 *
 * @throws DomainError if an option is out of its range, tokens are no multiple of blocks, or count is above L C
 */
export function lyapunovSpectrum(network: AttentionNetwork, start: WindowState, options: LyapunovOptions): LyapunovSpectrum {
  const size = network.contextLength * network.features.classes;
  const wanted = checked(options, size);
  const map = meanFieldMap(network, start);
  map.run(Math.max(options.burnIn, network.contextLength - map.window.length));
  const forgotten = forgottenDirections(network);
  const { blocks, tokens } = options;
  const tracked = Math.min(wanted, size - forgotten.count);
  const blockValues = new Float64Array(options.blocks * tracked);
  const gone: LyapunovExponent[] = Array.from({ length: wanted - tracked }, () => ({ kind: "minus-infinity", reason: forgotten.reason }));
  if (tracked === 0) {
    map.run(options.alignment + options.tokens);
    return { exponents: gone, blockValues, blocks, tokens, size, outcome: verdict([], blockValues, options), end: map.state() };
  }
  const tangent = tangentMap(network, map.state(), { count: tracked });
  const lost = measure(tangent, size, options, blockValues);
  const exponents = [...measured(blockValues, tracked, lost, options), ...gone];
  return { exponents, blockValues, blocks, tokens, size, outcome: verdict(exponents, blockValues, options), end: tangent.map.state() };
}

/** The largest exponent alone: one vector instead of a frame. */
export function largestExponent(network: AttentionNetwork, start: WindowState, options: Omit<LyapunovOptions, "count">): LyapunovSpectrum {
  return lyapunovSpectrum(network, start, { ...options, count: 1 });
}

function checked({ burnIn, alignment, tokens, blocks, tolerance, count }: LyapunovOptions, size: number): number {
  requireInteger("burnIn", burnIn, { min: 0 });
  requireInteger("alignment", alignment, { min: 0 });
  requireInteger("blocks", blocks, { min: 20 }, "Give at least 20 blocks: fewer do not tell their own spread.");
  requireInteger("tokens", tokens, { min: blocks });
  requirePositive("tolerance", tolerance);
  if (tokens % blocks !== 0) {
    throw new DomainError({ name: "tokens", value: tokens, rule: `must be a multiple of blocks = ${blocks}`, remedy: "Give all blocks the same length." });
  }
  return requireInteger("count", count ?? size, { min: 1, max: size }, `Give at most L C = ${size}.`);
}

/** Fills (blocks, k) with rates; returns how many tokens were lost for each exponent. */
function measure(tangent: TangentMap, size: number, { alignment, tokens, blocks }: LyapunovOptions, blockValues: Float64Array): Float64Array {
  const { count, frame } = tangent;
  const ledger = stretchLedger(count);
  // Any start will do that lies in no subspace of its own; this one is the same on every machine.
  key("tangent frame").stream().fillNormal(frame);
  orthonormalise(frame, count, size, ledger);
  for (let i = 0; i < alignment; i++) {
    tangent.step();
    orthonormalise(frame, count, size, ledger);
  }
  const lost = new Float64Array(count);
  const length = tokens / blocks;
  for (let b = 0; b < blocks; b++) {
    clearLedger(ledger);
    for (let i = 0; i < length; i++) {
      tangent.step();
      orthonormalise(frame, count, size, ledger);
    }
    settleLedger(ledger);
    for (let k = 0; k < count; k++) {
      blockValues[b * count + k] = ledger.logarithms[k]! / length;
      lost[k]! += ledger.lost[k]!;
    }
  }
  return lost;
}

function measured(blockValues: Float64Array, count: number, lost: Float64Array, { blocks, tokens }: LyapunovOptions): LyapunovExponent[] {
  let bound = Infinity;
  return Array.from({ length: count }, (_, k): LyapunovExponent => {
    const { value, standardError } = blockMean(blocks, (b) => blockValues[b * count + k]!);
    // Once a direction is lost, which of the remaining ones is which is lost, too.
    if (lost[k] === 0 && bound === Infinity) return { kind: "finite", value, standardError };
    bound = Math.min(bound, value);
    return { kind: "below-resolution", bound, lostShare: lost[k]! / tokens };
  });
}

function verdict(exponents: readonly LyapunovExponent[], blockValues: Float64Array, options: LyapunovOptions): Outcome {
  const drifting = driftOf(exponents, blockValues, options);
  if (drifting !== undefined) return drifting;
  const { tokens, tolerance } = options;
  const worst = Math.max(0, ...exponents.map((one) => (one.kind === "finite" ? one.standardError : 0)));
  if (worst <= tolerance) return outcome("converged", `Every standard error is at most ${worst.toPrecision(3)}, within the tolerance ${tolerance}.`);
  const needed = Math.ceil(tokens * (worst / tolerance) * (worst / tolerance));
  return outcome("budget-exhausted", `The largest standard error is ${worst.toPrecision(3)} after ${tokens} tokens, the tolerance ${tolerance}: some ${needed.toPrecision(2)} tokens would do.`);
}

/** Five standard errors between the halves of a run: not by chance, but by a transient. */
const DRIFT = 5;

function driftOf(exponents: readonly LyapunovExponent[], blockValues: Float64Array, { blocks, tolerance }: LyapunovOptions): Outcome | undefined {
  const count = blockValues.length / blocks;
  const half = Math.floor(blocks / 2);
  for (let k = 0; k < count; k++) {
    if (exponents[k]?.kind !== "finite") continue;
    const early = blockMean(half, (b) => blockValues[b * count + k]!);
    const late = blockMean(half, (b) => blockValues[(blocks - 1 - b) * count + k]!);
    const spread = Math.sqrt(early.standardError * early.standardError + late.standardError * late.standardError);
    if (Math.abs(early.value - late.value) <= DRIFT * spread + tolerance) continue;
    return outcome("stalled", `Exponent ${k + 1} is ${early.value.toPrecision(5)} in the first half and ${late.value.toPrecision(5)} in the second: burn in longer, a transient was measured.`);
  }
  return undefined;
}
