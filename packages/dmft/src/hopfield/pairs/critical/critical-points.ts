/** @file Critical points that are known by name: a network, the orbit that loses its stability, and where. */
import type { AttentionNetwork } from "@mesoscope/hopfield-transformer";
import { windowStart } from "../../map/window-state.js";
import { atParameters } from "../../map/at-parameters.js";
import type { BifurcationKind } from "../../orbits/bifurcations.js";
import { periodicOrbit } from "../../orbits/periodic-orbit.js";
import type { PeriodicOrbit } from "../../orbits/periodic-orbit.js";
import { oneBitNetwork } from "../one-bit-systems.js";
import type { OneBitSystemName } from "../one-bit-systems.js";

export type OneBitPointName = "pitchfork" | "flip" | "rotation" | "neimark-sacker";

/** A point at which an orbit of a named network loses its stability. */
export interface OneBitPoint {
  readonly kind: BifurcationKind;
  readonly title: string;
  readonly system: OneBitSystemName;
  readonly contextLength: number;
  readonly gamma: number;
  readonly beta: number;
  readonly period: number;
  /** A window next to the orbit (L, C), newest first, and the index of its newest token. */
  readonly window: readonly (readonly number[])[];
  readonly t: number;
}

/** Three closed forms (u = 0, [eq:one-bit-critical-beta]) and the located point of the published network. */
export const oneBitPoints: Readonly<Record<OneBitPointName, OneBitPoint>> = Object.freeze({
  pitchfork: { kind: "branch-point", title: "u = 0 of hop1 with one token of context", system: "hop1", contextLength: 1, gamma: 0, beta: 1, period: 1, window: [[0]], t: 0 },
  flip: { kind: "flip", title: "u = 0 of neg1 with one token of context", system: "neg1", contextLength: 1, gamma: 0, beta: 1, period: 1, window: [[0]], t: 0 },
  rotation: { kind: "neimark-sacker", title: "u = 0 of rot2 with two tokens of context, a sixth of a turn a token", system: "rot2", contextLength: 2, gamma: 2, beta: 2 / Math.sqrt(3), period: 1, window: [[0, 0], [0, 0]], t: 1 },
  "neimark-sacker": {
    kind: "neimark-sacker",
    title: "the period-4 state of the published network",
    system: "paper3",
    contextLength: 4,
    gamma: 220,
    beta: 1.2434445478150034,
    period: 4,
    window: [
      [-0.0006917532906346017, 0.0006855866965138458, 0.0006793000733562049],
      [0.0007390144704061809, -0.0006524539004816286, -0.000570229686236817],
      [0.0018195997306596936, -0.0006378891771777657, 0.0005374402760149054],
      [-0.0018665042173095, 0.000608444278574623, -0.000644449019161591],
    ],
    t: 3,
  },
});

/** How near to itself the orbit returns: roundings of magnetisations of order 1. */
const CLOSE = 1e-15;

/**
 * The network of a point at a beta, by default that of the point, and its orbit there, stable or not.
 * @throws DomainError if beta is negative or not finite
 */
export function pointAt(name: OneBitPointName, beta: number = oneBitPoints[name].beta): { readonly network: AttentionNetwork; readonly orbit: PeriodicOrbit } {
  const { system, contextLength, gamma, beta: critical, period, window, t } = oneBitPoints[name];
  let network = oneBitNetwork(system, { contextLength, gamma, beta: critical });
  let orbit = periodicOrbit(network, windowStart(network, window, t), period, { tolerance: CLOSE });
  if (beta !== critical) {
    network = atParameters(network, beta);
    orbit = periodicOrbit(network, orbit.window, period, { tolerance: CLOSE });
  }
  return { network, orbit };
}
