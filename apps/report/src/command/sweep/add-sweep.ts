import { Option, type Command } from "commander";
import { levels } from "../../catalogue.js";
import { exitStatus } from "../../failure.js";
import { defaultSeed } from "../../request/job.js";
import type { World } from "../../world.js";
import { defaultBudget, type OutOptions, type ResumeOptions, type SweepOptions } from "./options.js";
import { withComputing, withWorkers } from "../computing-options.js";
import { plan } from "./plan.js";
import { resume } from "./resume.js";
import { run } from "./run.js";
import { status } from "./status.js";

const exits = `
Exit status:
  ${exitStatus.done}    done
  ${exitStatus.badInput}    refused: bad input, another plan is there, somebody runs it, or it costs
       more than the budget or the disk allows; nothing was begun
  ${exitStatus.partial}    a study ended without a record, replicas diverged, or the disk refused
  ${exitStatus.interrupted}  interrupted; what was finished is kept, \`sweep resume\` goes on
`;

const help = `
A sweep keeps every cell (one size, one block of replicas) as soon as it is done,
in <out>/sweep: whatever stops it, and however often, what is finished is never
computed again, and the record is the one of an undisturbed run, byte for byte.
${exits}
Example:
  mesoscope sweep run circle-emergence --grid beta=0.5,1,2 --out sweep-1
  # Ctrl-C, a crash, a power cut ...
  mesoscope sweep status --out sweep-1
  mesoscope sweep resume --out sweep-1`;

/** Adds `mesoscope sweep plan | run | status | resume`. */
export function addSweep(program: Command, world: World, settle: (pending: Promise<number>) => Promise<void>): void {
  const sweep = program.command("sweep").description("plan, run and resume what takes long: every cell is kept").addHelpText("after", help);
  withRequest(sweep.command("plan").description("write down what would be computed, and say what it costs"))
    .addHelpText("after", "\nExit status: 0 planned, 2 refused, with the reason.\n\nExample:\n  mesoscope sweep plan growth-rates --grid 'betas=[0.5,2],[5]' --dry-run")
    .action((targets: readonly string[], _: unknown, command: Command) => settle(plan(targets, command.optsWithGlobals<SweepOptions>(), world)));
  withRequest(sweep.command("run").description("plan, then run; or go on with the plan that is there"))
    .addHelpText("after", `${exits}\nExample:\n  mesoscope sweep run circle-emergence --level full --grid beta=0.5,1,2 --budget 2d --out sweep-1`)
    .action((targets: readonly string[], _: unknown, command: Command) => settle(run(targets, command.optsWithGlobals<SweepOptions>(), world)));
  withOut(sweep.command("status").description("what is done, who runs it, what is wrong, how long the rest takes"))
    .addHelpText("after", "\nExit status: 0 told, 2 there is no sweep.\n\nExample:\n  mesoscope sweep status --out sweep-1 --json")
    .action((_: unknown, command: Command) => settle(status(command.optsWithGlobals<OutOptions>(), world)));
  withWorkers(withOut(sweep.command("resume").description("go on with the plan that is there")))
    .addHelpText("after", `${exits}\nExample:\n  mesoscope sweep resume --out sweep-1 --workers 4`)
    .action((_: unknown, command: Command) => settle(resume(command.optsWithGlobals<ResumeOptions>(), world)));
}

function withOut(command: Command): Command {
  return command.option("--out <folder>", "where the report and its sweep are", "reports").option("--json", "print the result as JSON on stdout");
}

function withRequest(command: Command): Command {
  const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value];
  return withComputing(withOut(command))
    .argument("[studies...]", "ids of studies, study files (.yaml, .json), or modules with a pair (.mjs); none: all studies")
    .addOption(new Option("--level <level>", "quick: some seconds; default: about 12 s, and what is taken if nothing is said; full: as long as the question needs").choices(levels))
    .option("--seed <text>", `equal seeds, equal numbers (default: ${defaultSeed})`)
    .addOption(new Option("--set <name=value>", "set a parameter; may be repeated").argParser(collect).default([], "none"))
    .addOption(new Option("--grid <name=v1,v2,...>", "a record for each value; with others, for each combination; may be repeated").argParser(collect).default([], "none"))
    .option("--dry-run", "plan and estimate, write nothing")
    .option("--budget <time>", "refuse a sweep that is estimated to take longer: 90s, 30m, 12h, 2d", defaultBudget);
}
