import type { Figure, Panel } from "@mesoscope/contracts";
import { dataBlock } from "../data-block.js";
import { html, type Html } from "../html.js";
import { showNumber } from "../number.js";
import { tied } from "../tied.js";
import { figureData } from "./data-table.js";
import type { Measure } from "./frame.js";
import { stills } from "./frames.js";
import { figureKey, numberSeries } from "./key.js";
import { drawPanel, sharedAxes } from "./panel.js";
import { placelessNote } from "./placeless.js";
import { withShortTexts } from "./short-texts.js";
import { thinned } from "./thin.js";

export type MeasureName = "wide" | "narrow";

/** The measures of drawings by the name that stands at each. */
export const measures: Readonly<Record<MeasureName, Measure>> = {
  wide: { width: 720, height: 400 },
  /** For one of several panels, and for the single one on a narrow screen: letters must stay readable at 320 pixels. */
  narrow: { width: 360, height: 280 },
};

/**
 * A figure of a record: title, key, drawings, the finding in a sentence, the numbers. `prefix` keeps ids apart.
 * Its data stand beside it, for the program that makes it answer to a pointer. What has more than `pointsAtMost` points is thinned, and says so.
 */
export function renderFigure(whole: Figure, prefix: string, pointsAtMost = 12_000, panelsAtMost = 60): Html {
  const { figure, kept, of } = thinned(withShortTexts(whole), pointsAtMost, panelsAtMost);
  const panels = shownPanels(figure);
  const seriesOf = numberSeries(panels);
  const draw = (which: number, measure: MeasureName): Html =>
    drawing(which, measure, drawPanel(figure, panels[which]!, sharedAxes(figure, panels, measures[measure]), seriesOf, measures[measure]));
  const id = `${prefix}-${figure.id}`;
  const drawings =
    panels.length === 1
      ? html`<div class="panel alone">${panelTitle(panels[0]!.title)}<div class="wide">${draw(0, "wide")}</div><div class="narrow">${draw(0, "narrow")}</div></div>`
      : html`<div class="panels${panels.length % 2 === 0 && panels.length < 6 ? " by-two" : ""}${panels.length > figure.panels.length ? " stills" : ""}">${panels.map((panel, which) => html`<div class="panel">${panelTitle(panel.title)}${draw(which, "narrow")}</div>`)}</div>`;
  return html`<figure id="${id}" aria-labelledby="${id}-title">
    <h3 id="${id}-title">${tied(figure.title)}</h3>
    ${figureKey(panels, seriesOf)}${drawings}
    <figcaption>${tied(figure.finding)}</figcaption>
    ${notes(whole, figure, kept, of).map((note) => html`<p class="note">${note}</p>`)}
    ${figureData(figure)}
    ${dataBlock("figure-data", figure)}
  </figure>`;
}

/** What a reader does not see of a figure. */
function notes(whole: Figure, shown: Figure, kept: number, of: number): readonly string[] {
  const [panels, outside] = [whole.panels.length, placelessNote(whole)];
  const cut = [...(kept < of ? [`${showNumber(kept)} of ${showNumber(of)} points`] : []), ...(shown.panels.length < panels ? [`${shown.panels.length} of ${panels} panels`] : [])];
  return [
    ...(cut.length > 0 ? [`Shown are ${cut.join(" and ")}; the record file has all of them.`] : []),
    ...(outside === undefined ? [] : [outside]),
  ];
}

/** The panels as they are drawn: one that moves as several that stand still. */
export function shownPanels(figure: Figure): readonly Panel[] {
  return figure.panels.flatMap(stills);
}

/** A drawing in the box in which it answers to a pointer. */
function drawing(which: number, measure: MeasureName, markup: Html): Html {
  return html`<div class="drawing" data-panel="${which}" data-measure="${measure}">${markup}</div>`;
}

function panelTitle(title: string): Html | undefined {
  return title === "" ? undefined : html`<p class="panel-title">${tied(title)}</p>`;
}
