import { Option, type Command } from "commander";
import { levels } from "../../catalogue.js";
import type { World } from "../../world.js";
import { init, type InitOptions } from "./init.js";

const help = `
Without a study it lists what there is. A file that is there is never
overwritten.

Exit status: 0 written or listed, 2 if there is no such study or the file cannot
be made.

Example:
  mesoscope init circle-emergence --level quick --out my-study.yaml
  mesoscope run my-study.yaml`;

/** Adds `mesoscope init`. */
export function addInit(program: Command, world: World, settle: (pending: Promise<number>) => Promise<void>): void {
  program
    .command("init")
    .description("write a study file to start from: every parameter with its value, meaning, unit and range")
    .argument("[study]", "id of a study; none: list them")
    .option("--out <file>", "where to write it; - is stdout (default: <study>.yaml)")
    .addOption(new Option("--level <level>", "the level whose values it has").choices(levels).default("default"))
    .option("--json", "print the result as JSON on stdout")
    .addHelpText("after", help)
    .action((study: string | undefined, options: InitOptions) => settle(init(study, options, world)));
}
