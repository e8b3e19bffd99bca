import type { Command } from "commander";
import type { World } from "../../world.js";
import { check, type CheckOptions } from "./check.js";

const help = `
A study file is held to what \`run\` asks of it, and every fault is told with its
line; the module of a pair is imported for that, its laws are not run. A sweep is
valid if its plan can be read; whether it can be resumed here is told beside it,
with the reason if not.

Exit status: 0 if everything is valid, 2 if not.

Example:
  mesoscope check my-study.yaml reports/records/growth-rates.record.json sweep-1
  mesoscope check --schema > study-file.schema.json      # for editors`;

/** Adds `mesoscope check`. */
export function addCheck(program: Command, world: World, settle: (pending: Promise<number>) => Promise<void>): void {
  program
    .command("check")
    .description("say what a record, a study file or a sweep is, which version, and whether it is valid")
    .argument("[files...]", "records (.record.json), study files (.yaml, .json), folders of sweeps")
    .option("--schema", "print the JSON Schema of study files instead")
    .option("--json", "print the result as JSON on stdout")
    .addHelpText("after", help)
    .action((files: readonly string[], options: CheckOptions) => settle(check(files, options, world)));
}
