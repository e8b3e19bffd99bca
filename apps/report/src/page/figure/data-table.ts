import type { Figure } from "@mesoscope/contracts";
import { html, type Html } from "../html.js";
import { showNumber } from "../number.js";
import { scrolling } from "../scrolling.js";
import { roleOf } from "./roles.js";
import { axisLabel } from "./scale.js";

const rowsShown = 400;
/** Of all layers together. */
const rowsInAll = 1500;

/** The numbers of a figure, one table a layer, behind a disclosure; very long ones end with where the rest is. */
export function figureData(figure: Figure): Html {
  const layersInAll = figure.panels.reduce((sum, { layers }) => sum + layers.length, 0);
  const most = Math.min(rowsShown, Math.max(12, Math.floor(rowsInAll / Math.max(1, layersInAll))));
  const tables = figure.panels.flatMap((panel) =>
    panel.layers.map((layer) => {
      const { columns, rows } = roleOf(layer).data(layer, figure.x, figure.y);
      const caption = [panel.title, layer.label, layer.role === "mark" ? "" : layer.source].filter((part) => part !== "").join(" · ");
      const rest = rows.length > most ? html`<p class="note">${rows.length - most} more rows are in the record file.</p>` : undefined;
      return html`${scrolling(
        `Data: ${caption}`,
        html`<table><caption>${caption}</caption>
          <thead><tr>${columns.map((column) => html`<th scope="col">${column}</th>`)}</tr></thead>
          <tbody>${rows.slice(0, most).map((row) => html`<tr>${row.map(dataCell)}</tr>`)}</tbody></table>`,
      )}${rest}`;
    }),
  );
  return html`<details class="data"><summary>The numbers of this figure</summary>
    <p class="note">${axisLabel(figure.x)}. ${axisLabel(figure.y)}.</p>${tables}</details>`;
}

function dataCell(value: number | string): Html {
  return typeof value === "number" ? html`<td class="number">${showNumber(value, 6)}</td>` : html`<td>${value}</td>`;
}
