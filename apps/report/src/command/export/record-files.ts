import { canonicalJson, type MesoscopeRecord } from "@mesoscope/contracts";
import { renderStandalone } from "../../page/figure/standalone.js";
import { csvText } from "../../page/data/csv.js";
import { figureCsv } from "../../page/data/figure-csv.js";
import type { Format } from "./formats.js";
import type { Painter } from "./png.js";

export interface ExportedFile {
  /** "figure-<id>.<format>" or "table-<id>.<format>": ids of records are slugs. */
  readonly name: string;
  readonly content: string | Uint8Array;
}

/**
 * The files of a record, one after the other: figures as drawing and numbers, tables as numbers. Equal records make equal bytes.
 * @param paint left out where no PNG is wanted
 */
export function* recordFiles(record: MesoscopeRecord, wanted: readonly Format[], paint?: Painter): Generator<ExportedFile> {
  const origin = `Mesoscope, record ${record.id}, ${record.hash}.`;
  const source = { id: record.id, hash: record.hash };
  const json = (content: object): string => `${canonicalJson({ record: source, ...content })}\n`;
  for (const figure of record.figures) {
    const name = `figure-${figure.id}`;
    const drawing = wanted.includes("svg") || paint !== undefined ? renderStandalone(figure, origin) : "";
    if (wanted.includes("svg")) yield { name: `${name}.svg`, content: drawing };
    if (paint !== undefined) yield { name: `${name}.png`, content: paint(drawing, `${record.id}/${name}.png`, origin) };
    if (wanted.includes("csv")) yield { name: `${name}.csv`, content: figureCsv(figure) };
    if (wanted.includes("json")) yield { name: `${name}.json`, content: json({ figure }) };
  }
  for (const table of record.tables) {
    const name = `table-${table.id}`;
    if (wanted.includes("csv")) yield { name: `${name}.csv`, content: csvText(table.columns.map(({ title }) => title), table.rows) };
    if (wanted.includes("json")) yield { name: `${name}.json`, content: json({ table }) };
  }
}
