import type { Command } from "commander";
import type { World } from "../../world.js";
import { cite, type CiteOptions } from "./cite.js";

const help = `
For the id of a study, its record in the output folder says with which version it
was made; without one, the papers are those that the study declares, and the
version is this one.

Exit status: 0 done, 2 if there is neither such a record nor such a study.

Example:
  mesoscope cite reports/records/growth-rates.record.json --bibtex > papers.bib
  mesoscope cite growth-rates`;

/** Adds `mesoscope cite`. */
export function addCite(program: Command, world: World, settle: (pending: Promise<number>) => Promise<void>): void {
  program
    .command("cite")
    .description("how to cite Mesoscope, and the papers that a record or a study rests on")
    .argument("[record]", "a record file, or the id of a study; none: Mesoscope and its theories")
    .option("--bibtex", "as BibTeX")
    .option("--out <folder>", "where the report is", "reports")
    .option("--json", "print the result as JSON on stdout")
    .addHelpText("after", help)
    .action((target: string | undefined, options: CiteOptions) => settle(cite(target, options, world)));
}
