import type { AttentionNetwork } from "@mesoscope/hopfield-transformer";
import { atParameters } from "../map/at-parameters.js";
import type { WindowState } from "../map/window-state.js";
import { classifyRegime, REGIMES } from "../regimes/classify.js";
import type { RegimeOptions } from "../regimes/classify.js";

/** One row of a map of regimes: a beta, and the gammas asked for. */
export interface PhaseRow {
  readonly beta: number;
  readonly gammas: Float64Array;
  /** Place in {@link REGIMES}, for each gamma. */
  readonly regimes: Uint8Array;
  /** Period, 0 where there is none. */
  readonly periods: Float64Array;
  /** Largest exponent, nats per token; where `known` is 0 it is not finite or not resolved, and 0 stands here. */
  readonly exponents: Float64Array;
  /** 1 where the largest exponent is a number. */
  readonly known: Uint8Array;
}

/**
 * A row of a (beta, gamma) map of regimes. Every cell starts from the same state, so that cells can be computed in any order, by any number of workers.
 *
 * @param network its beta and gamma are replaced
 * @throws DomainError if an option, the beta or a gamma is out of its range
 */
export function phaseRow(network: AttentionNetwork, beta: number, gammas: ArrayLike<number>, start: WindowState, options: RegimeOptions): PhaseRow {
  const count = gammas.length;
  const row = {
    beta,
    gammas: Float64Array.from(gammas),
    regimes: new Uint8Array(count),
    periods: new Float64Array(count),
    exponents: new Float64Array(count),
    known: new Uint8Array(count),
  };
  for (let i = 0; i < count; i++) {
    const { regime, spectrum } = classifyRegime(atParameters(network, beta, gammas[i]), start, options);
    const first = spectrum.exponents[0];
    row.regimes[i] = REGIMES.indexOf(regime.kind);
    row.periods[i] = "period" in regime ? regime.period : 0;
    if (first?.kind !== "finite") continue;
    row.exponents[i] = first.value;
    row.known[i] = 1;
  }
  return row;
}
