import type { Command } from "commander";
import { exitStatus } from "../../failure.js";
import type { World } from "../../world.js";
import { backends } from "./backends.js";

const help = `
Each backend is loaded and checks itself on small cases with known answers. Only
a deterministic one makes reproducible records.

Exit status: ${exitStatus.done} if every backend passes, ${exitStatus.partial} if one cannot be loaded or fails its
own check.

Example:
  mesoscope backends --json`;

/** Adds `mesoscope backends`. */
export function addBackends(program: Command, world: World, settle: (pending: Promise<number>) => Promise<void>): void {
  program
    .command("backends")
    .description("list what studies can compute on: kernels, limits, and whether the self-check passes here")
    .option("--json", "print the result as JSON on stdout")
    .addHelpText("after", help)
    .action((options: { readonly json?: boolean }) => settle(backends(options, world)));
}
