/** @file Values that are only lower bounds: the event had not come by the end of the run. */
import type { Observable } from "@mesoscope/contracts";
import type { Ensemble } from "../ensemble/ensemble.js";

/** Replicas with at least one censored entry of the observable. */
export function censoredReplicas(ensemble: Ensemble, { id }: Observable): number {
  const marks = ensemble.censored(id);
  if (marks === undefined) return 0;
  const length = marks.length / ensemble.completed;
  let count = 0;
  for (let r = 0; r < ensemble.completed; r++) if (marks.subarray(r * length, (r + 1) * length).includes(1)) count += 1;
  return count;
}

/** Which entries of the observable have a censored value in some replica. */
export function censoredEntries(ensemble: Ensemble, { id }: Observable, length: number): readonly boolean[] {
  const marks = ensemble.censored(id);
  return Array.from({ length }, (_, i) => marks?.some((mark, at) => mark !== 0 && at % length === i) ?? false);
}
