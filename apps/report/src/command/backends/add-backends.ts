import type { Command } from "commander";
import { exitStatus } from "../../failure.js";
import type { World } from "../../world.js";
import { backends } from "./backends.js";

const help = `
Each backend is loaded, checks itself on small cases with known answers, and does
the drift of 1024 tokens for a tenth of a second: pairs of tokens a second, to
choose by. Only a deterministic one makes reproducible records.

Exit status: ${exitStatus.done} if every backend that this machine can have passes, ${exitStatus.partial} if one
fails its own check or was made for another version.

Example:
  mesoscope backends --json`;

/** Adds `mesoscope backends`. */
export function addBackends(program: Command, world: World, settle: (pending: Promise<number>) => Promise<void>): void {
  program
    .command("backends")
    .description("list what studies can compute on: kernels, limits, speed, and whether the self-check passes here")
    .option("--json", "print the result as JSON on stdout")
    .addHelpText("after", help)
    .action((options: { readonly json?: boolean }) => settle(backends(options, world)));
}
