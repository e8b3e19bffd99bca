/** @file Whether the replicas fall into groups, so that their mean speaks for none of them. */

import type { Observable } from "@mesoscope/contracts";
import type { Ensemble } from "../ensemble/ensemble.js";

/** Two groups of replicas. Plain JSON. */
export interface Groups {
  /** Where the two groups lie, and which share of the replicas each has. */
  readonly modes: readonly [number, number];
  readonly shares: readonly [number, number];
  /** Between them. */
  readonly antimode: number;
  /** P(a law with one mode shows this much of two), Hartigan's dip test. */
  readonly goodness: number;
}


export function groupsAt(_ensemble: Ensemble, _observable: Observable, _entry: number): Groups | undefined {
  return undefined;
}
