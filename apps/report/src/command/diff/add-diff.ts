import type { Command } from "commander";
import { exitStatus } from "../../failure.js";
import type { World } from "../../world.js";
import { diff } from "./diff.js";

const help = `
Estimates are compared by their intervals: z of the difference, all tests of the
two records together at 5 % (Holm). Numbers that were found in two places (n, θ)
are shown and not compared.

Exit status:
  ${exitStatus.done}    nothing changed, or chance explains all of it
  ${exitStatus.badInput}    a file is no record
  ${exitStatus.partial}    something is beyond chance; or an equal request gave other bytes; or a
       verdict's outcome changed, or a verdict is in one record only, where no
       interval says whether by chance

Example:
  mesoscope run growth-rates --out before --seed 1
  mesoscope run growth-rates --out after --seed 2
  mesoscope diff before/records/growth-rates.record.json \\
    after/records/growth-rates.record.json`;

/** Adds `mesoscope diff`. */
export function addDiff(program: Command, world: World, settle: (pending: Promise<number>) => Promise<void>): void {
  program
    .command("diff")
    .description("say what changed between two records, and whether it matters statistically")
    .argument("<first>", "a record file")
    .argument("<second>", "another")
    .option("--json", "print the result as JSON on stdout")
    .addHelpText("after", help)
    .action((first: string, second: string, options: { readonly json?: boolean }) => settle(diff([first, second], options, world)));
}
