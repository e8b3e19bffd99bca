import type { Figure, Layer, MarkLayer, Panel } from "@mesoscope/contracts";
import { axisX, axisY, gridX, gridY, plot, text, type Markish, type RenderFunction } from "@observablehq/plot";
import type { Html } from "../html.js";
import { frameOf, projection, type Frame, type Measure } from "./frame.js";
import type { Look } from "./role.js";
import { fromBackToFront, roleOf } from "./roles.js";
import { axisLabel, showAxis, showWindow, type AxisContent, type ShownAxis } from "./scale.js";
import { drawingBoard, svgMarkup } from "./svg.js";
import { shortened } from "./wrap.js";

/** The axes of a drawing. */
export interface PanelAxes {
  readonly x: ShownAxis;
  readonly y: ShownAxis;
  /** Whether this is a part of the figure only: what leaves the frame is then covered. */
  readonly isPart: boolean;
}

/** An interval of each axis. */
export interface Window {
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
}

const labelsOf = ({ width, height }: Measure): { readonly x: number; readonly y: number } => ({
  x: Math.max(3, Math.round(width / 80)),
  y: Math.max(3, Math.round(height / 45)),
});

/** The axes that all panels of a figure share, so that panels can be compared by eye. */
export function sharedAxes(figure: Figure, panels: readonly Panel[], measure: Measure): PanelAxes {
  const layers = panels.flatMap((panel) => panel.layers);
  const extents = layers.map((layer) => ({ role: layer.role, ...roleOf(layer).extent(layer, figure.x, figure.y) }));
  const content = (side: "x" | "y"): AxisContent => ({
    values: extents.filter((extent) => extent.role !== "mark").flatMap((extent) => extent[side]),
    marked: extents.filter((extent) => extent.role === "mark").flatMap((extent) => extent[side]),
    filled: layers.some((layer) => layer.role === "heat-map"),
  });
  const wanted = labelsOf(measure);
  return { x: showAxis(figure.x, content("x"), wanted.x), y: showAxis(figure.y, content("y"), wanted.y), isPart: false };
}

/** The axes of a figure that shows a window of itself only. */
export function windowAxes(figure: Figure, window: Window, measure: Measure): PanelAxes {
  const wanted = labelsOf(measure);
  return { x: showWindow(figure.x, window.x, wanted.x), y: showWindow(figure.y, window.y, wanted.y), isPart: true };
}

/** One panel as an SVG drawing with its axes named in full; `seriesOf` says which label has which look. */
export function drawPanel(figure: Figure, panel: Panel, axes: PanelAxes, seriesOf: (label: string) => number, measure: Measure): Html {
  const frame = frameOf(figure, measure);
  const marks = fromBackToFront(panel.layers).flatMap((layer) => roleOf(layer).marks(layer, { x: axes.x, y: axes.y, series: seriesOf(layer.label), width: frame.right - frame.left, height: frame.bottom - frame.top, neighbours: neighbours(panel, layer, axes, frame) } satisfies Look));
  const drawing = plot({
    document: drawingBoard,
    width: frame.width,
    height: frame.height,
    marginLeft: frame.left,
    marginRight: frame.width - frame.right,
    marginTop: frame.top,
    marginBottom: frame.height - frame.bottom,
    x: { type: axes.x.axis.scale, domain: [...axes.x.domain], label: null },
    y: { type: axes.y.axis.scale, domain: [...axes.y.domain], label: null },
    marks: axes.isPart ? [...grid(axes, measure), ...marks, cover(frame), ...ticks(axes, measure), ...names(frame)] : [...grid(axes, measure), ...ticks(axes, measure), ...marks, ...names(frame)],
  });
  const named = [figure.title, panel.title].filter((part) => part !== "").map((part) => shortened(part, 200));
  drawing.setAttribute("class", axes.isPart ? "plot part" : "plot");
  drawing.setAttribute("role", "img");
  drawing.setAttribute("focusable", "false");
  drawing.setAttribute("aria-label", named.join(": "));
  drawing.setAttribute("aria-description", describePanel(figure, panel));
  return svgMarkup(drawing);
}

/** Two lines of the name of a mark. */
const roomOfAName = 28;

/** How many marks before one stand beside it on the same side. */
function neighbours({ layers }: Panel, layer: Layer, axes: PanelAxes, frame: Frame): number {
  if (layer.role !== "mark") return 0;
  const { toX, toY } = projection(axes, frame);
  const place = (of: MarkLayer): number => (of.across === "x" ? toX(of.at) : toY(of.at));
  const before = layers.slice(0, layers.indexOf(layer)).filter((other): other is MarkLayer => other.role === "mark" && other.across === layer.across);
  return before.filter((other) => Math.abs(place(other) - place(layer)) < roomOfAName).length;
}

interface Ticks {
  readonly ticks: number | number[];
}

const ticksOf = ({ ticks: chosen }: ShownAxis, count: number): Ticks => ({ ticks: chosen === undefined ? Math.max(3, Math.round(count)) : [...chosen] });

function grid(axes: PanelAxes, { width, height }: Measure): readonly Markish[] {
  return [gridX({ ...ticksOf(axes.x, width / 90), className: "grid" }), gridY({ ...ticksOf(axes.y, height / 60), className: "grid" })];
}

function ticks(axes: PanelAxes, { width, height }: Measure): readonly Markish[] {
  return [
    // As `tickFormat` a logarithmic scale would drop some of the labels again.
    axisX({ ...ticksOf(axes.x, width / 90), label: null, text: axes.x.format, tickSize: 4 }),
    axisY({ ...ticksOf(axes.y, height / 60), label: null, text: axes.y.format, tickSize: 4 }),
  ];
}

/** The names of the axes in full: up along the left edge, across at the lower right. */
function names(frame: Frame): readonly Markish[] {
  const words = { lineHeight: 1.25, className: "axis-label" };
  return [
    text([frame.yLabel.join("\n")], { ...words, frameAnchor: "top-left", textAnchor: "start", lineAnchor: "bottom", dx: 6 - frame.left, dy: -12 }),
    text([frame.xLabel.join("\n")], { ...words, frameAnchor: "bottom-right", textAnchor: "end", lineAnchor: "top", dy: 28 }),
  ];
}

/** Everything outside of the frame in the colour of the ground: a clip path would need an id, which is the page's to give. */
function cover({ width, height, left, right, top, bottom }: Frame): RenderFunction {
  return (_index, _scales, _values, _dimensions, { document }) => {
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    path.setAttribute("class", "cover");
    path.setAttribute("d", `M-9,-9V${height + 9}H${width + 9}V-9ZM${left},${top}H${right}V${bottom}H${left}Z`);
    return path;
  };
}

/** The drawing in words: its axes, then each layer in one clause. */
function describePanel(figure: Figure, panel: Panel): string {
  const layers = panel.layers.map((layer) => {
    const whose = layer.role === "mark" ? "" : ` (${layer.source})`;
    return `${shortened(layer.label, 120)}${whose}: ${roleOf(layer).describe(layer)}.`;
  });
  return [`Across: ${axisLabel(figure.x)}. Up: ${axisLabel(figure.y)}.`, ...layers].join(" ");
}
