import { checkBackendVersion, type Backend } from "@mesoscope/kernels";
import { availableParallelism } from "node:os";
import type { Catalogue } from "../catalogue.js";
import { InputError } from "../failure.js";

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
  const threads = readCount("--threads", threadsText, 1, 64, "; one thread serves where cells are many");
  return {
    backend: backend ?? catalogue.backendNames[0]!,
    threads,
    workers: readCount("--workers", workers, Math.max(1, Math.floor(availableParallelism() / threads)), 1024),
  };
}

/**
 * The backend itself.
 * @throws InputError or KernelError where there is none of this name, it cannot run here, or it has no threads
 */
export async function openBackend({ backend, threads }: Pick<Computing, "backend" | "threads">, catalogue: Catalogue): Promise<Backend> {
  return checkBackendVersion(await catalogue.loadBackend(backend, { threads }));
}

/** @throws InputError if an option is no integer from 1 to `most` */
function readCount(option: string, text: string | undefined, otherwise: number, most: number, hint = ""): number {
  if (text === undefined) return otherwise;
  const count = Number(text);
  if (/^\d+$/.test(text) && count >= 1 && count <= most) return count;
  throw new InputError({ what: `${option} ${text}`, rule: `it must be an integer from 1 to ${most}`, remedy: `This machine has ${availableParallelism()} cores${hint}.` });
}
