/** @file Relaxation times of the exact chain of one feature: between two states they grow as e^(N S), at the point where these part as N^(1/2). */
import { escapeBarrier, oneBitNetwork } from "@mesoscope/dmft/hopfield";
import { countChain, deepestValley, finiteHead, perettoLaw, relaxation, stratifiedSizes, type FiniteHead } from "@mesoscope/hopfield-transformer";
import { exp, log } from "@mesoscope/numerics";

/** Where the two states part. */
const CRITICAL_BETA = 1;

/** The exact chain at one size. */
export interface ExactSize {
  readonly n: number;
  /** Slowest relaxation at the beta of the study and at the critical point, in tokens, with the relative error of the first. */
  readonly escape: number;
  readonly relativeError: number;
  readonly critical: number;
  /** ln of peak over valley of the stationary law, by N: the barrier of this size. */
  readonly barrierPerBit: number | undefined;
}

export interface ExactTimes {
  readonly sizes: readonly ExactSize[];
  /** S of infinitely many bits, nats per bit. */
  readonly barrier: number;
  readonly magnetisation: number;
  /** Growth of ln tau per bit between the last two sizes, and between the two before: their difference tells how far the limit is. */
  readonly slope: Slope;
  /** d ln tau / d ln N at the critical point, likewise. */
  readonly slowing: Slope;
}

export interface Slope {
  readonly value: number;
  readonly before: number;
}

export function exactTimes(beta: number, sizes: readonly number[]): ExactTimes {
  const times = sizes.map((n) => exactSize(beta, n));
  const { perBit, magnetisation } = escapeBarrier(beta);
  const lines = (x: (one: ExactSize) => number, y: (one: ExactSize) => number): Slope => {
    const between = (k: number): number => (y(times.at(k)!) - y(times.at(k - 1)!)) / (x(times.at(k)!) - x(times.at(k - 1)!));
    return { value: between(-1), before: between(-2) };
  };
  return { sizes: times, barrier: perBit, magnetisation, slope: lines(({ n }) => n, ({ escape }) => log(escape)), slowing: lines(({ n }) => log(n), ({ critical }) => log(critical)) };
}

function exactSize(beta: number, n: number): ExactSize {
  const head = headOf(beta, n);
  const chain = countChain(head);
  const { time, relativeError } = relaxation(chain);
  const valley = deepestValley(perettoLaw(head, chain));
  return { n, escape: time, relativeError, critical: relaxation(countChain(headOf(CRITICAL_BETA, n))).time, barrierPerBit: valley === undefined ? undefined : valley.height / n };
}

function headOf(beta: number, n: number): FiniteHead {
  const { features, contextLength, gamma, logitScale } = oneBitNetwork("hop1", { beta, contextLength: 1, gamma: 0 });
  return finiteHead(stratifiedSizes(features, n), { contextLength, beta, gamma, logitScale });
}

/** ln tau of the escape at any N: the last exact time, carried on with the barrier. */
export function logEscape({ sizes, barrier }: ExactTimes, n: number): number {
  const last = sizes.at(-1)!;
  return log(last.escape) + (n - last.n) * barrier;
}

/** tau at the critical point at any N: the last exact time, carried on with N^(1/2). */
export function criticalTimeAt({ sizes }: ExactTimes, n: number): number {
  const last = sizes.at(-1)!;
  return last.critical * exp(0.5 * log(n / last.n));
}
