import type { Table } from "@mesoscope/contracts";
import { dataBlock } from "./data-block.js";
import { shortText } from "./figure/short-texts.js";
import { html, type Html } from "./html.js";
import { showNumber } from "./number.js";
import { scrolling } from "./scrolling.js";

const rowsUnfolded = 12;
/** What goes beyond is in the record file, which `mesoscope export` takes apart. */
const rowsAtMost = 400;
const lettersAtMost = 150_000;

/** A table of a record; numbers are set right, with six significant digits. A long one is folded. Its data stand beside it, to be taken along. */
export function renderTable(whole: Table): Html {
  const table = withShortTexts(whole);
  const content = scrolling(
    `Table: ${table.title}`,
    html`<table>
      <caption>${table.title}</caption>
      <thead><tr>${table.columns.map((column) => html`<th scope="col">${column.title}</th>`)}</tr></thead>
      <tbody>${table.rows.slice(0, rowsAtMost).map((row) => html`<tr>${row.map(cell)}</tr>`)}</tbody>
    </table>`,
  );
  const rest = table.rows.length > rowsAtMost ? html`<p class="note">${table.rows.length - rowsAtMost} more rows are in the record file.</p>` : undefined;
  const shown = table.rows.length <= rowsUnfolded ? content : html`<details><summary>${table.title} (${table.rows.length} rows)</summary>${content}${rest}</details>`;
  const isSmall = JSON.stringify(table).length <= lettersAtMost;
  return html`<div class="table">${shown}${isSmall ? dataBlock("table-data", table) : undefined}</div>`;
}

/** A table without what a page has no room for. */
function withShortTexts(table: Table): Table {
  return {
    ...table,
    title: shortText(table.title),
    columns: table.columns.map((column) => ({ ...column, title: shortText(column.title) })),
    rows: table.rows.map((row) => row.map((value) => (typeof value === "string" ? shortText(value) : value))),
  };
}

function cell(value: number | string | null): Html {
  if (value === null) return html`<td class="none"><span aria-label="none">–</span></td>`;
  return typeof value === "number" ? html`<td class="number">${showNumber(value, 6)}</td>` : html`<td>${value}</td>`;
}
