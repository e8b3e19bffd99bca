/** @file Replicas of n tokens on S^{d-1}, kept as unit rows on a backend. */
import type { Backend } from "@mesoscope/kernels";
import { checkBackendVersion, referenceBackend } from "@mesoscope/kernels";
import type { Outcome } from "@mesoscope/numerics";
import { requireInteger } from "@mesoscope/numerics";
import { normaliseRows } from "@mesoscope/sphere";
import type { Tableau } from "@mesoscope/time-integration";
import { rungeKutta4 } from "@mesoscope/time-integration";
import type { Measurement } from "./device-replicas.js";
import { deviceReplicas } from "./device-replicas.js";
import type { AttentionFlow, TimeUnit } from "./flow.js";
import { attentionFlow, exponentShift } from "./flow.js";

/** What {@link tokenEnsemble} needs to know. */
export interface TokenEnsembleOptions {
  readonly flow: AttentionFlow;
  /** Replicas R; they never see each other. */
  readonly batch: number;
  /** Tokens (R, n, d) row-major, copied and divided by their lengths. Their number gives n. */
  readonly tokens: ArrayLike<number>;
  /** Token i attends to tokens j <= i only. Default false. */
  readonly causal?: boolean;
  /** Default `natural`. */
  readonly time?: TimeUnit;
  /** Default the reference kernels. It is not closed with the ensemble. */
  readonly backend?: Backend;
  /** Default {@link rungeKutta4}. */
  readonly tableau?: Tableau;
}

/** Replicas on a sphere that can be moved and looked at. Replica r has the same bytes in any batch. Calls take effect in their order. */
export interface TokenEnsemble {
  readonly flow: AttentionFlow;
  readonly n: number;
  /** Replicas now; {@link TokenEnsemble.retain} lowers it. */
  readonly batch: number;
  /** Time since the creation, the sum of all steps. */
  readonly time: number;
  /** Moves every replica by `steps` steps of length dt; after each step rows have length 1. */
  advance(steps: number, dt: number): Promise<void>;
  /** Tokens (R, n, d). */
  tokens(): Promise<Float64Array>;
  /** Drift (R, n, d), [eq:sa] or [eq:usa]. */
  drift(): Promise<Float64Array>;
  /** Phi_i = (1/n) sum_j e^{beta <x_i, x_j>} (R, n); divided by e^{|beta|} in scaled time. */
  interactionSums(): Promise<Float64Array>;
  /** Keeps these replicas, in this order, and drops the others. */
  retain(replicas: readonly number[]): Promise<void>;
  /** How each replica stands as of the last read: `converged`, or `diverged` when a number was not finite. */
  outcomes(): readonly Outcome[];
  /** Gives the memory of the backend back. */
  close(): void;
}

/**
 * Puts an ensemble on a backend. The drift is the sum over all pairs, O(n^2 d) a replica.
 *
 * @throws DomainError for tokens that are not finite, of length 0, or do not divide into `batch` replicas of rows of d numbers
 */
export function tokenEnsemble(options: TokenEnsembleOptions): TokenEnsemble {
  const { batch: size, causal = false, time = "natural", backend = referenceBackend(), tableau = rungeKutta4 } = options;
  checkBackendVersion(backend);
  const flow = attentionFlow(options.flow);
  const { beta, d } = flow;
  requireInteger("batch", size, { min: 1 });
  const n = requireInteger("tokens.length / (batch d)", options.tokens.length / (size * d), { min: 1 }, "Give every replica the same number of rows of d numbers.");
  const shift = exponentShift(flow, time);
  const attention = { n, d, flow: flow.flow, beta, causal, shift };
  const replicas = deviceReplicas({
    backend,
    data: normaliseRows(Float64Array.from(options.tokens), size * n, d),
    batch: size,
    row: [n, d],
    prepareStep: (batch, dt) => backend.prepare("attention-step", { batch, ...attention, dt, tableau: { a: tableau.a, b: tableau.b } }),
  });
  const drift: Measurement = { name: "drift", prepare: (batch) => backend.prepare("attention-drift", { batch, ...attention }) };
  const sums: Measurement = {
    name: "sums",
    prepare: (batch) => backend.prepare("interaction-sums", { batch, n, d, beta, shift: time === "scaled" ? Math.sign(beta) : 0 }),
  };
  return Object.freeze({
    flow,
    n,
    get batch() {
      return replicas.batch();
    },
    get time() {
      return replicas.time();
    },
    advance: replicas.advance,
    tokens: replicas.read,
    drift: () => replicas.measure(drift),
    interactionSums: () => replicas.measure(sums),
    retain: replicas.retain,
    outcomes: replicas.outcomes,
    close: replicas.close,
  });
}
