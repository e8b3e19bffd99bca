import type { MesoscopeRecord } from "@mesoscope/contracts";
import { arch, availableParallelism, cpus, platform, release } from "node:os";
import type { Job } from "../request/job.js";

/** What belongs to one run and not to its result: `<id>.run.json`, beside the record. */
export interface RunNote {
  readonly runVersion: 1;
  readonly id: string;
  /** SHA-256 of the record that this run made. */
  readonly recordHash: string;
  readonly started: string;
  readonly finished: string;
  readonly seconds: number;
  readonly workers: number;
  readonly backend: string;
  readonly engine: { readonly node: string; readonly v8: string };
  /** Where the module of a stranger's pair was; the record names it without its folder. */
  readonly module?: string;
  readonly host: { readonly system: string; readonly processor: string; readonly cores: number };
}

export function noteRun(job: Job, record: MesoscopeRecord, started: Date, finished: Date, workers: number): RunNote {
  return {
    runVersion: 1,
    id: record.id,
    recordHash: record.hash,
    started: started.toISOString(),
    finished: finished.toISOString(),
    seconds: (finished.getTime() - started.getTime()) / 1000,
    workers,
    backend: record.backend.id,
    ...(job.pairs.kind === "module" ? { module: job.pairs.path } : {}),
    engine: { node: process.versions.node, v8: process.versions.v8 },
    host: { system: `${platform()} ${release()} ${arch()}`, processor: cpus()[0]?.model ?? "unknown", cores: availableParallelism() },
  };
}
