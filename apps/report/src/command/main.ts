import { Command, CommanderError, Option } from "commander";
import { levels } from "../catalogue.js";
import { exitStatus, explainsItself, failureParagraph, Interrupted } from "../failure.js";
import { defaultSeed } from "../request/job.js";
import { installedVersions } from "../run/versions.js";
import type { World } from "../world.js";
import { forTerminal } from "../words.js";
import { addBackends } from "./backends/add-backends.js";
import { addCheck } from "./check/add-check.js";
import { addCite } from "./cite/add-cite.js";
import { addCompletion } from "./completion/add-completion.js";
import { withComputing } from "./computing-options.js";
import { compute, type ComputeOptions } from "./compute.js";
import { addInit } from "./init/add-init.js";
import { addDiff } from "./diff/add-diff.js";
import { addExport } from "./export/add-export.js";
import { report, type ReportOptions } from "./report.js";
import { run, type RunOptions } from "./run.js";
import { studies } from "./studies.js";
import { addSweep } from "./sweep/add-sweep.js";

/** Runs the command with the arguments after its name, and returns its exit status. Nothing else of the process is touched. */
export async function main(words: readonly string[], world: World): Promise<number> {
  let status: number = exitStatus.done;
  const program = commandTree(world, (pending) =>
    pending.then((value) => {
      status = value;
    }),
  );
  try {
    await program.parseAsync([...words], { from: "user" });
    return status;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitStatus.done : exitStatus.badInput;
    return tell(error, program.opts<{ readonly debug?: boolean }>().debug === true, world);
  }
}

type Settle = (pending: Promise<number>) => Promise<void>;

/** All commands with their options; nothing runs before it parses. */
export function commandTree(world: World, settle: Settle): Command {
  const program = new Command("mesoscope");
  describeProgram(program, world);
  for (const add of [addRun, addSweep, addReport, addStudies, addCompute, addCheck, addInit, addCite, addBackends, addDiff, addExport, addCompletion]) add(program, world, settle);
  return program;
}

function tell(error: unknown, isDebugging: boolean, world: World): number {
  if (error instanceof Interrupted || world.signal.aborted) {
    world.stderr.write("interrupted; what was finished is kept\n");
    return exitStatus.interrupted;
  }
  world.stderr.write(`mesoscope: ${forTerminal(failureParagraph(error))}\n`);
  if (isDebugging && error instanceof Error) world.stderr.write(`${forTerminal(error.stack ?? "")}\n`);
  return explainsItself(error) ? exitStatus.badInput : exitStatus.internal;
}

function describeProgram(program: Command, world: World): void {
  program
    .description("Where the mean-field theory of transformers holds, and where it breaks, at the size you run.")
    .version(installedVersions()["mesoscope"] ?? "unknown")
    .option("--debug", "show where in the program an error arose")
    .exitOverride()
    .configureOutput({
      writeOut: (text) => world.stdout.write(text),
      writeErr: (text) => world.stderr.write(text),
      outputError: (text, write) => {
        write(forTerminal(cutWords(text.replace(/^error: /, "mesoscope: "))));
      },
    })
    .showHelpAfterError("(--help shows what there is)")
    .addHelpText(
      "after",
      `
\`mesoscope <command> --help\` shows its options, an example and its exit status.
Results go to stdout, words to stderr; with --json stdout is one JSON document.
NO_COLOR turns colours off, FORCE_COLOR turns them on.

Exit status:
  ${exitStatus.done}    done (a verdict "fails" is a result, not an error)
  ${exitStatus.internal}    a fault of the program
  ${exitStatus.badInput}    bad input: the message names the value, the rule and the remedy
  ${exitStatus.partial}    partial: a study ended without a record, or replicas diverged, or
       two records differ beyond chance, or a backend fails its own check
  ${exitStatus.interrupted}  interrupted; what was finished is kept

Example:
  mesoscope run growth-rates --level quick        # then open reports/index.html
  mesoscope export reports --out figures
  mesoscope compute growth-rate '{"flow": "USA", "beta": 5, "d": 2, "k": 3}'`,
    );
}

/** Arguments are quoted in messages, and may be of any length. */
function cutWords(text: string): string {
  return text.length > 1000 ? `${text.slice(0, 500)}...\n` : text;
}

const helpOfRun = `
Each record is written as soon as its study ends; the page of all records comes
last. A study that fails is told, and the others run.

Exit status:
  ${exitStatus.done}    every study made its record, whatever its verdicts
  ${exitStatus.badInput}    bad input; nothing was run
  ${exitStatus.partial}    a study ended without a record, or replicas diverged
  ${exitStatus.interrupted}  interrupted; finished records are kept

Example:
  mesoscope run circle-emergence --level quick --seed 7 --set beta=0.5
  mesoscope run growth-rates --set betas=0.5,2,5 --set dimensions=2,3
  mesoscope run ./my-pair.mjs --out my-report`;

function addRun(program: Command, world: World, settle: Settle): void {
  withComputing(program.command("run"))
    .description("run studies and write the report")
    .argument("[studies...]", "ids of studies, study files (.yaml, .json), or modules with a pair (.mjs); none: all studies")
    .addOption(new Option("--level <level>", "quick: some seconds; default: about 12 s, and what is taken if nothing is said; full: as long as the question needs").choices(levels))
    .option("--seed <text>", `equal seeds, equal numbers (default: ${defaultSeed})`)
    .option("--out <folder>", "where the report goes", "reports")
    .addOption(new Option("--set <name=value>", "set a parameter; may be repeated").argParser((value: string, before: readonly string[]) => [...before, value]).default([], "none"))
    .option("--json", "print the result as JSON on stdout")
    .addHelpText("after", helpOfRun)
    .action((targets: readonly string[], _: RunOptions, command: Command) => settle(run(targets, command.optsWithGlobals<RunOptions>(), world)));
}

const helpOfReport = `
Without a record it makes the page of those that lie in the folder. A record
that is named is copied there; one of its id with another hash is never replaced.

Exit status: ${exitStatus.done} all are shown, ${exitStatus.badInput} one cannot be read or added; the others are shown.

Example:
  mesoscope report colleague.record.json --out reports`;

function addReport(program: Command, world: World, settle: Settle): void {
  program
    .command("report")
    .description("make the page again from records")
    .argument("[records...]", "record files to add to those in the folder")
    .option("--out <folder>", "where the report is", "reports")
    .option("--json", "print the result as JSON on stdout")
    .addHelpText("after", helpOfReport)
    .action((files: readonly string[], options: ReportOptions) => settle(report(files, options, world)));
}

function addStudies(program: Command, world: World, settle: Settle): void {
  program
    .command("studies")
    .description("list the studies")
    .option("--json", "with parameters, levels and papers, as JSON on stdout")
    .addHelpText("after", "\nExit status: 0 done.\n\nExample:\n  mesoscope studies --json")
    .action((options: { readonly json?: boolean }) => settle(studies(options, world)));
}

const helpOfCompute = `
A list of inputs gives a list of answers, in order, from one process.

Exit status: ${exitStatus.done} answered, ${exitStatus.badInput} the input is refused: the message names value, rule and remedy.

Example:
  mesoscope compute growth-rate '{"flow": "USA", "beta": 5, "d": 2, "k": 3}'
  echo '[{"k": 1, "d": 3}, {"k": 2, "d": 3}]' | mesoscope compute harmonics
  mesoscope compute --list --json`;

function addCompute(program: Command, world: World, settle: Settle): void {
  program
    .command("compute")
    .description("compute a theory value: JSON in (argument or stdin), JSON out (stdout)")
    .argument("[quantity]", "its name; --list shows all")
    .argument("[input]", "JSON object, or a list of them; read from stdin if it is not given")
    .option("--list", "list the quantities")
    .option("--json", "with --list: names, equations and JSON Schemas as JSON; answers are JSON anyway")
    .addHelpText("after", helpOfCompute)
    .action((name: string | undefined, input: string | undefined, options: ComputeOptions) => settle(compute(name, input, options, world)));
}
