import type { KeepsLaws } from "../request/job.js";
import { makePool, type PoolSetting } from "./worker-pool.js";

/** Checks the laws of a stranger's pair where it will be sampled: in a worker. */
export function checkLawsInWorker(base: PoolSetting): KeepsLaws {
  return async ({ path, sha256, pair }, parameters) => {
    const pool = makePool({ ...base, setting: { ...base.setting, module: { path, sha256 } }, workers: 1 });
    try {
      await pool.run({ kind: "laws", parameters }, `pair "${pair.id}" while its laws were checked`);
    } finally {
      await pool.close();
    }
  };
}
