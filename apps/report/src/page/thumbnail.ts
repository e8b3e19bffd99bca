import type { MesoscopeRecord, Panel } from "@mesoscope/contracts";
import { plot } from "@observablehq/plot";
import { numberSeries } from "./figure/key.js";
import { sharedAxes } from "./figure/panel.js";
import { fromBackToFront, roleOf } from "./figure/roles.js";
import { drawingBoard, svgMarkup } from "./figure/svg.js";
import { thinned } from "./figure/thin.js";
import { html, type Html } from "./html.js";

const measure = { width: 320, height: 150 };
const pointsAtMost = 600;

/** The first figure of a record without letters, as the eye remembers it; the card beside it says what it is. */
export function thumbnail(record: MesoscopeRecord): Html {
  const whole = record.figures.find(({ panels }) => panels.some(({ layers }) => layers.some(({ role }) => role !== "mark")));
  if (whole === undefined) return html`<div class="thumbnail none"></div>`;
  const { figure } = thinned(whole, pointsAtMost);
  const panel: Panel = { title: "", layers: figure.panels[0]!.layers.filter(({ role }) => role !== "mark") };
  const axes = sharedAxes(figure, [panel], measure);
  const seriesOf = numberSeries([panel]);
  const drawing = plot({
    document: drawingBoard,
    ...measure,
    margin: 6,
    axis: null,
    x: { type: axes.x.axis.scale, domain: [...axes.x.domain] },
    y: { type: axes.y.axis.scale, domain: [...axes.y.domain] },
    marks: fromBackToFront(panel.layers).flatMap((layer) => roleOf(layer).marks(layer, { x: axes.x, y: axes.y, series: seriesOf(layer.label), ...measure })),
  });
  drawing.setAttribute("class", "plot thumbnail");
  // Nothing new for those who do not see it: title, verdict and figures say the same.
  drawing.setAttribute("aria-hidden", "true");
  drawing.setAttribute("focusable", "false");
  return svgMarkup(drawing);
}
