import type { Command } from "commander";
import { exitStatus } from "../../failure.js";
import type { World } from "../../world.js";
import { exportRecords, type ExportOptions } from "./export.js";

const help = `
Each record goes into a folder of its id: figure-<id>.svg, .png, .csv, .json and
table-<id>.csv, .json, with export.json, which lists them by hash. A file that
this list does not name with its present bytes was not written by Mesoscope, and
is not overwritten. A PNG is its SVG in pixels, on white, in the letters of DejaVu
Sans: the same bytes on every machine.

Exit status:
  ${exitStatus.done}    all records were exported
  ${exitStatus.badInput}    a record cannot be read, or a file is in the way; the other records
       were exported

Example:
  mesoscope export reports --out figures --format svg,csv
  mesoscope export growth-rates.record.json --format png --scale 4`;

/** Adds `mesoscope export`. */
export function addExport(program: Command, world: World, settle: (pending: Promise<number>) => Promise<void>): void {
  program
    .command("export")
    .description("write figures as SVG and PNG, numbers as CSV and JSON")
    .argument("<record-or-folder>", "a record file, the folder of a report, or a folder of records")
    .option("--out <folder>", "where the files go", "export")
    .option("--format <list>", "svg, png, csv, json, or some of them", "svg,png,csv,json")
    .option("--scale <factor>", "pixels of a PNG for one unit of its SVG, 0.1 to 10", "2")
    .option("--json", "print the result as JSON on stdout")
    .addHelpText("after", help)
    .action((source: string, options: ExportOptions) => settle(exportRecords(source, options, world)));
}
