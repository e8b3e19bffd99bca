/** @file How each replica of a batch stands. */
import type { Outcome } from "@mesoscope/numerics";
import { outcome } from "@mesoscope/numerics";

const fine = outcome("converged", "All numbers are finite.");

/** One outcome a replica, from any array whose first axis is the replica: `diverged` where a number is not finite. */
export function replicaOutcomes(data: Float64Array, batch: number, time: number): readonly Outcome[] {
  const length = data.length / batch;
  return Array.from({ length: batch }, (_, replica) => {
    const wrong = data.subarray(replica * length, (replica + 1) * length).some((value) => !Number.isFinite(value));
    return wrong ? outcome("diverged", `A number was not finite at or before time ${time}. Take shorter steps, or a smaller tolerance of the drift.`) : fine;
  });
}
