import { canonicalJson, type Figure, type Table } from "@mesoscope/contracts";
import { csvText } from "../data/csv.js";
import { figureCsv } from "../data/figure-csv.js";
import { button, element } from "./element.js";

/** Buttons that hand out the numbers of a figure, as `mesoscope export` writes them. */
export function figureDownloads(figure: () => Figure, title: string): readonly HTMLButtonElement[] {
  return [
    saving("CSV", `Numbers of ${title} as CSV`, () => ({ name: `figure-${figure().id}.csv`, content: figureCsv(figure()) })),
    saving("JSON", `Numbers of ${title} as JSON`, () => ({ name: `figure-${figure().id}.json`, content: `${canonicalJson({ figure: figure() })}\n` })),
  ];
}

/** The same for a table. */
export function tableDownloads(table: Table): readonly HTMLButtonElement[] {
  const { id, title, columns, rows } = table;
  return [
    saving("CSV", `${title} as CSV`, () => ({ name: `table-${id}.csv`, content: csvText(columns.map((column) => column.title), rows) })),
    saving("JSON", `${title} as JSON`, () => ({ name: `table-${id}.json`, content: `${canonicalJson({ table })}\n` })),
  ];
}

interface File {
  readonly name: string;
  readonly content: string;
}

function saving(label: string, meaning: string, make: () => File): HTMLButtonElement {
  return button(`Save ${label}`, () => { save(make()); }, { "aria-label": `Save ${label}: ${meaning}` });
}

function save({ name, content }: File): void {
  const url = URL.createObjectURL(new Blob([content], { type: name.endsWith(".csv") ? "text/csv" : "application/json" }));
  const link = element("a", { href: url, download: name });
  link.click();
  setTimeout(() => { URL.revokeObjectURL(url); }, 10_000);
}
