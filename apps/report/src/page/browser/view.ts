import type { Figure, Panel } from "@mesoscope/contracts";
import { measures, shownPanels, type MeasureName } from "../figure/figure.js";
import { frameOf, projection, type Frame, type Projection } from "../figure/frame.js";
import { nameOfLayer, numberSeries } from "../figure/key.js";
import { drawPanel, sharedAxes, windowAxes, type PanelAxes, type Window } from "../figure/panel.js";

/** What a reader chose to see of a figure. */
export interface View {
  /** A part of both axes, or the whole figure. */
  readonly window: Window | undefined;
  /** Names of layers that are not drawn. */
  readonly hidden: ReadonlySet<string>;
}

export const wholeView: View = { window: undefined, hidden: new Set() };

/** One panel as it is seen: its drawing, and what a pointer needs to know of it. */
export interface Seen {
  readonly panel: Panel;
  readonly frame: Frame;
  readonly projection: Projection;
  readonly axes: PanelAxes;
  markup(): string;
}

/** The panels of a figure under a view; the same function that drew them first. */
export function see(figure: Figure, view: View, which: number, measureName: MeasureName): Seen {
  const panels = shownPanels(figure);
  return seePanel(figure, panels[which]!, view, measureName);
}

/** One panel, which may be none of the stills. */
export function seePanel(figure: Figure, whole: Panel, view: View, measureName: MeasureName): Seen {
  const measure = measures[measureName];
  const panels = shownPanels(figure);
  const axes = view.window === undefined ? sharedAxes(figure, panels, measure) : windowAxes(figure, view.window, measure);
  const panel = { ...whole, layers: whole.layers.filter((layer) => !view.hidden.has(nameOfLayer(layer))) };
  const frame = frameOf(figure, measure);
  return { panel, frame, axes, projection: projection(axes, frame), markup: () => drawPanel(figure, panel, axes, numberSeries(panels), measure).toString() };
}

/** The window around a point, `factor` times as wide. */
export function zoomed({ frame, projection: { xAt, yAt } }: Seen, factor: number, at: { readonly x: number; readonly y: number } | undefined): Window {
  const x = at?.x ?? (frame.left + frame.right) / 2;
  const y = at?.y ?? (frame.top + frame.bottom) / 2;
  const [half, tall] = [((frame.right - frame.left) / 2) * factor, ((frame.bottom - frame.top) / 2) * factor];
  return { x: [xAt(x - half), xAt(x + half)], y: [yAt(y + tall), yAt(y - tall)] };
}

/** Whether a window can be drawn: its ends differ by so much that the labels of its axes, which have room for some seven digits, differ too. */
export function isDrawable({ x, y }: Window): boolean {
  return [x, y].every(([from, to]) => Number.isFinite(from) && Number.isFinite(to) && to - from > 1e-4 * Math.max(Math.abs(from), Math.abs(to)));
}
