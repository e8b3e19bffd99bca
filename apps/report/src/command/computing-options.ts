/** @file The options that say what computes: the same words for `run` and for sweeps. */
import type { Command } from "commander";

/** Adds --workers and --threads. */
export function withWorkers(command: Command): Command {
  return command
    .option("--workers <count>", "worker threads; no byte depends on it (default: as many as the cores have room for)")
    .option("--threads <count>", "threads of each worker's backend, for cells of many tokens; no byte depends on it (default: 1)");
}

/** Adds --backend, --workers and --threads. */
export function withComputing(command: Command): Command {
  return withWorkers(command.option("--backend <name>", "what computes; `mesoscope backends` lists what there is here (default: wasm)"));
}
