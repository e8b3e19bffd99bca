import type { Figure, Panel } from "@mesoscope/contracts";
import { axisX, axisY, gridX, gridY, plot, text, type Markish } from "@observablehq/plot";
import type { Html } from "../html.js";
import type { Look } from "./role.js";
import { fromBackToFront, roleOf } from "./roles.js";
import { axisLabel, showAxis, type AxisContent, type ShownAxis } from "./scale.js";
import { drawingBoard, svgMarkup } from "./svg.js";
import { shortened, wrapped } from "./wrap.js";

/** The outside measures of a drawing in pixels. */
export interface Measure {
  readonly width: number;
  readonly height: number;
}

export interface PanelAxes {
  readonly x: ShownAxis;
  readonly y: ShownAxis;
}

const lineHeight = 15;
const characterWidth = 6.6;

/** The axes that all panels of a figure share, so that panels can be compared by eye. */
export function sharedAxes(figure: Figure, panels: readonly Panel[], measure: Measure): PanelAxes {
  const layers = panels.flatMap((panel) => panel.layers);
  const extents = layers.map((layer) => ({ role: layer.role, ...roleOf(layer).extent(layer) }));
  const content = (side: "x" | "y"): AxisContent => ({
    values: extents.filter((extent) => extent.role !== "mark").flatMap((extent) => extent[side]),
    marked: extents.filter((extent) => extent.role === "mark").flatMap((extent) => extent[side]),
    filled: layers.some((layer) => layer.role === "heat-map"),
  });
  return {
    x: showAxis(figure.x, content("x"), Math.max(3, Math.round(measure.width / 80))),
    y: showAxis(figure.y, content("y"), Math.max(3, Math.round(measure.height / 45))),
  };
}

/** One panel as an SVG drawing with its axes named in full; `seriesOf` says which label has which look. */
export function drawPanel(figure: Figure, panel: Panel, axes: PanelAxes, seriesOf: (label: string) => number, measure: Measure): Html {
  const { width, height } = measure;
  const marginLeft = 52;
  const marginRight = 14;
  const yLabel = wrapped(axisLabel(figure.y), Math.floor((width - 20) / characterWidth));
  const xLabel = wrapped(axisLabel(figure.x), Math.floor((width - 20) / characterWidth));
  const marginTop = 12 + lineHeight * yLabel.length;
  const marginBottom = 30 + lineHeight * xLabel.length;
  const layers = fromBackToFront(panel.layers);
  const marks = layers.flatMap((layer) => {
    const look: Look = { ...axes, series: seriesOf(layer.label), width };
    return roleOf(layer).marks(layer, look);
  });
  const drawing = plot({
    document: drawingBoard,
    width,
    height: height + lineHeight * (yLabel.length + xLabel.length - 2),
    marginLeft,
    marginRight,
    marginTop,
    marginBottom,
    x: { type: axes.x.axis.scale, domain: [...axes.x.domain], label: null },
    y: { type: axes.y.axis.scale, domain: [...axes.y.domain], label: null },
    marks: [
      ...furniture(axes, measure),
      ...marks,
      text([yLabel.join("\n")], { frameAnchor: "top-left", textAnchor: "start", lineAnchor: "bottom", dx: 6 - marginLeft, dy: -8, lineHeight: 1.25, className: "axis-label" }),
      text([xLabel.join("\n")], { frameAnchor: "bottom-right", textAnchor: "end", lineAnchor: "top", dy: 28, lineHeight: 1.25, className: "axis-label" }),
    ],
  });
  const named = [figure.title, panel.title].filter((part) => part !== "").map((part) => shortened(part, 200));
  drawing.setAttribute("class", "plot");
  drawing.setAttribute("role", "img");
  drawing.setAttribute("focusable", "false");
  drawing.setAttribute("aria-label", named.join(": "));
  drawing.setAttribute("aria-description", describePanel(figure, panel));
  return svgMarkup(drawing);
}

function furniture(axes: PanelAxes, { width, height }: Measure): readonly Markish[] {
  const xTicks = axes.x.ticks === undefined ? { ticks: Math.max(3, Math.round(width / 90)) } : { ticks: [...axes.x.ticks] };
  const yTicks = axes.y.ticks === undefined ? { ticks: Math.max(3, Math.round(height / 60)) } : { ticks: [...axes.y.ticks] };
  return [
    gridX({ ...xTicks, className: "grid" }),
    gridY({ ...yTicks, className: "grid" }),
    // As `tickFormat` a logarithmic scale would drop some of the labels again.
    axisX({ ...xTicks, label: null, text: axes.x.format, tickSize: 4 }),
    axisY({ ...yTicks, label: null, text: axes.y.format, tickSize: 4 }),
  ];
}

/** The drawing in words: its axes, then each layer in one clause. */
function describePanel(figure: Figure, panel: Panel): string {
  const layers = panel.layers.map((layer) => {
    const whose = layer.role === "mark" ? "" : ` (${layer.source})`;
    return `${shortened(layer.label, 120)}${whose}: ${roleOf(layer).describe(layer)}.`;
  });
  return [`Across: ${axisLabel(figure.x)}. Up: ${axisLabel(figure.y)}.`, ...layers].join(" ");
}
