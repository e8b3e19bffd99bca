import type { Computing } from "../request/backend.js";
import type { World } from "../world.js";
import type { PoolSetting } from "./worker-pool.js";

/** The pool that does what was asked for, in this world. */
export function poolFor({ backend, threads, workers }: Computing, { catalogue, cellWorker, signal }: Pick<World, "catalogue" | "cellWorker" | "signal">): PoolSetting {
  return { cellWorker, setting: { catalogue, backend, threads }, workers, signal };
}
