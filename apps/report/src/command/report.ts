import { resolve } from "node:path";
import { loadCatalogue } from "../catalogue.js";
import { exitStatus, InputError } from "../failure.js";
import { prepareFolder } from "../output/folder.js";
import { addRecordFile, readRecords } from "../output/records.js";
import { writePage } from "../output/write-page.js";
import type { Unreadable } from "../page/index-page.js";
import type { World } from "../world.js";
import { forTerminal } from "../words.js";

export interface ReportOptions {
  readonly out: string;
  readonly json?: boolean;
}

/**
 * `mesoscope report`: makes the page again from the records of the folder, after adding those that are named.
 * A record that is there is never replaced by another of its id. What cannot be read or added is told on stderr, what lies in
 * the folder also on the page; the rest is shown.
 */
export async function report(files: readonly string[], options: ReportOptions, world: World): Promise<number> {
  const given = await readRecords(files.map((file) => ({ path: resolve(world.folder, file), shown: file })));
  const folder = await prepareFolder(options.out, world.folder);
  const refused: Unreadable[] = [];
  for (const record of given.records) {
    await addRecordFile(folder, record).catch((error: unknown) => {
      if (!(error instanceof InputError)) throw error;
      refused.push({ file: `${record.id}.record.json`, message: error.message });
    });
  }
  const catalogue = await loadCatalogue(world.catalogue);
  const shown = await writePage(folder, catalogue.studies.map((study) => study.id));
  const unreadable = [...given.unreadable, ...refused, ...shown.unreadable];
  for (const { message } of unreadable) world.stderr.write(`not shown: ${forTerminal(message)}\n`);
  const summary = { report: folder.index, records: shown.records.map(({ id, hash }) => ({ id, hash })), unreadable };
  world.stdout.write(options.json === true ? `${JSON.stringify(summary, null, 2)}\n` : `${folder.index}\n`);
  return unreadable.length > 0 ? exitStatus.badInput : exitStatus.done;
}
