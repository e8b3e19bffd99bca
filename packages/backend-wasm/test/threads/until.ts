/** @file Waiting for what other threads do. */
import { setTimeout } from "node:timers/promises";

/** Resolves once `condition` holds; rejects after twenty seconds. */
export async function until(condition: () => boolean): Promise<void> {
  const end = Date.now() + 20_000;
  while (!condition()) {
    if (Date.now() > end) throw new RangeError("it did not happen within 20 s");
    await setTimeout(5);
  }
}
