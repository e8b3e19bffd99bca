import type { Command } from "commander";
import { exitStatus } from "../../failure.js";
import type { World } from "../../world.js";
import { exportRecords, type ExportOptions } from "./export.js";

const help = `
Each record goes into a folder of its id: figure-<id>.svg, .csv, .json and table-<id>.csv, .json, with export.json, which lists them by hash.
A file that this list does not name with its present bytes was not written by Mesoscope, and is not overwritten.
There is no PNG: an SVG is one everywhere, and a browser, Inkscape or \`rsvg-convert -z 2 figure.svg -o figure.png\` makes one of it.

Exit status:
  ${exitStatus.done}    all records were exported
  ${exitStatus.badInput}    a record cannot be read, or a file is in the way; the other records were exported

Example:
  mesoscope export reports --out figures --format svg,csv`;

/** Adds `mesoscope export`. */
export function addExport(program: Command, world: World, settle: (pending: Promise<number>) => Promise<void>): void {
  program
    .command("export")
    .description("write figures as SVG, numbers as CSV and JSON")
    .argument("<record-or-folder>", "a record file, the folder of a report, or a folder of records")
    .option("--out <folder>", "where the files go", "export")
    .option("--format <list>", "svg, csv, json, or some of them", "svg,csv,json")
    .option("--json", "print the result as JSON on stdout")
    .addHelpText("after", help)
    .action((source: string, options: ExportOptions) => settle(exportRecords(source, options, world)));
}
