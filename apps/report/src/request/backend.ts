import { checkBackendVersion, type Backend } from "@mesoscope/kernels";
import { availableParallelism } from "node:os";
import type { Catalogue } from "../catalogue.js";
import { InputError } from "../failure.js";
import { readWorkers } from "./workers.js";

/** What the options --backend, --threads and --workers ask for. */
export interface ComputingOptions {
  readonly backend?: string;
  readonly threads?: string;
  readonly workers?: string;
}

/** What computes, and how much of it at a time. */
export interface Computing {
  readonly backend: string;
  /** Threads of one backend, within one call of it. */
  readonly threads: number;
  /** Workers, each of which has a backend of its own. */
  readonly workers: number;
}

/**
 * Reads the options: the catalogue's first backend on one thread, if nothing is said, and as many workers as the cores have room for.
 * @throws InputError for a count that is none
 */
export function readComputing({ backend, threads: threadsText, workers }: ComputingOptions, catalogue: Catalogue): Computing {
  const threads = readThreads(threadsText);
  return {
    backend: backend ?? catalogue.backendNames[0]!,
    threads,
    workers: workers === undefined ? Math.max(1, Math.floor(readWorkers(undefined) / threads)) : readWorkers(workers),
  };
}

/**
 * The backend itself.
 * @throws InputError or KernelError where there is none of this name, it cannot run here, or it has no threads
 */
export async function openBackend({ backend, threads }: Pick<Computing, "backend" | "threads">, catalogue: Catalogue): Promise<Backend> {
  return checkBackendVersion(await catalogue.loadBackend(backend, { threads }));
}

function readThreads(text: string | undefined): number {
  if (text === undefined) return 1;
  const threads = Number(text);
  if (/^\d+$/.test(text) && threads >= 1 && threads <= 64) return threads;
  throw new InputError({ what: `--threads ${text}`, rule: "it must be an integer from 1 to 64", remedy: `This machine has ${availableParallelism()} cores; one thread serves where cells are many.` });
}
