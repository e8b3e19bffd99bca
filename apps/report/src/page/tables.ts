import type { Table } from "@mesoscope/contracts";
import { dataBlock } from "./data-block.js";
import { html, type Html } from "./html.js";
import { showNumber } from "./number.js";
import { scrolling } from "./scrolling.js";

const rowsUnfolded = 12;

/** A table of a record; numbers are set right, with six significant digits. A long one is folded. Its data stand beside it, to be taken along. */
export function renderTable(table: Table): Html {
  const content = scrolling(
    `Table: ${table.title}`,
    html`<table>
      <caption>${table.title}</caption>
      <thead><tr>${table.columns.map((column) => html`<th scope="col">${column.title}</th>`)}</tr></thead>
      <tbody>${table.rows.map((row) => html`<tr>${row.map(cell)}</tr>`)}</tbody>
    </table>`,
  );
  const shown = table.rows.length <= rowsUnfolded ? content : html`<details><summary>${table.title} (${table.rows.length} rows)</summary>${content}</details>`;
  return html`<div class="table">${shown}${dataBlock("table-data", table)}</div>`;
}

function cell(value: number | string | null): Html {
  if (value === null) return html`<td class="none"><span aria-label="none">–</span></td>`;
  return typeof value === "number" ? html`<td class="number">${showNumber(value, 6)}</td>` : html`<td>${value}</td>`;
}
