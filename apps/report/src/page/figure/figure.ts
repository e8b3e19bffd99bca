import type { Figure } from "@mesoscope/contracts";
import { html, type Html } from "../html.js";
import { figureData } from "./data-table.js";
import { stills } from "./frames.js";
import { figureKey, numberSeries } from "./key.js";
import { drawPanel, sharedAxes, type Measure } from "./panel.js";

const wide: Measure = { width: 720, height: 400 };
/** For one of several panels, and for the single one on a narrow screen: letters must stay readable at 320 pixels. */
const narrow: Measure = { width: 360, height: 280 };

/** A figure of a record: title, key, drawings, the finding in a sentence, the numbers. `prefix` keeps ids apart. */
export function renderFigure(figure: Figure, prefix: string): Html {
  const panels = figure.panels.flatMap(stills);
  const seriesOf = numberSeries(panels);
  const draw = (panel: (typeof panels)[number], measure: Measure): Html =>
    drawPanel(figure, panel, sharedAxes(figure, panels, measure), seriesOf, measure);
  const id = `${prefix}-${figure.id}`;
  const drawings =
    panels.length === 1
      ? html`<div class="panel alone">${panelTitle(panels[0]!.title)}<div class="wide">${draw(panels[0]!, wide)}</div><div class="narrow">${draw(panels[0]!, narrow)}</div></div>`
      : html`<div class="panels${panels.length % 2 === 0 && panels.length < 6 ? " by-two" : ""}">${panels.map((panel) => html`<div class="panel">${panelTitle(panel.title)}${draw(panel, narrow)}</div>`)}</div>`;
  return html`<figure id="${id}" aria-labelledby="${id}-title">
    <h4 id="${id}-title">${figure.title}</h4>
    ${figureKey(panels, seriesOf)}${drawings}
    <figcaption>${figure.finding}</figcaption>
    ${figureData(figure)}
  </figure>`;
}

function panelTitle(title: string): Html | undefined {
  return title === "" ? undefined : html`<p class="panel-title">${title}</p>`;
}
