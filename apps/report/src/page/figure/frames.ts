import type { FramesLayer, Panel } from "@mesoscope/contracts";
import { showNumber } from "../number.js";
import { cloud } from "./cloud.js";
import { html } from "../html.js";
import { placesAt, seriesClass, type Role } from "./role.js";

const stillsShown = 6;

/** Clouds at successive times. Still pictures of it come from `stills`; drawn as one layer it shows its last frame. */
export const frames: Role<FramesLayer> = {
  extent: (layer) => ({ x: layer.frames.flatMap((frame) => frame.x), y: layer.frames.flatMap((frame) => frame.y) }),
  marks(layer, look) {
    const last = layer.frames.at(-1);
    return last === undefined ? [] : cloud.marks({ role: "cloud", label: layer.label, source: layer.source, x: last.x, y: last.y }, look);
  },
  sign: (layer, series) => html`<circle class="${seriesClass(series, "cloud", layer.source)}" cx="14" cy="7" r="2.5" fill="currentColor"></circle>`,
  data: (layer, x, y) => ({
    columns: ["time", x.symbol, y.symbol],
    rows: layer.frames.flatMap((frame) => frame.x.map((value, i) => [frame.time, value, frame.y[i] ?? ""])),
  }),
  // The last frame is the one that is drawn.
  places: (layer) => {
    const last = layer.frames.at(-1);
    const before = layer.frames.slice(0, -1).reduce((sum, frame) => sum + frame.x.length, 0);
    return last === undefined ? [] : placesAt(last.x, last.y).map((place) => ({ ...place, row: before + place.row }));
  },
  describe: (layer) => `${layer.frames.length} clouds of samples from time ${showNumber(layer.frames[0]?.time ?? 0)} to ${showNumber(layer.frames.at(-1)?.time ?? 0)}`,
};

/** A panel that moves, as a row of panels that stand still: at most six times, the first and the last among them. */
export function stills(panel: Panel): readonly Panel[] {
  const moving = panel.layers.find((layer) => layer.role === "frames");
  if (moving === undefined || moving.frames.length < 2) return [panel];
  const count = Math.min(stillsShown, moving.frames.length);
  return Array.from({ length: count }, (_, i) => {
    const which = Math.round((i * (moving.frames.length - 1)) / (count - 1));
    return stillAt(panel, moving.frames[which]!.time);
  });
}

/** A panel that moves, standing still at a time: of its frames those until then. */
export function stillAt(panel: Panel, time: number): Panel {
  return {
    title: [panel.title, `time ${showNumber(time)}`].filter((part) => part !== "").join(", "),
    layers: panel.layers.map((layer) => (layer.role === "frames" ? { ...layer, frames: layer.frames.filter((frame) => frame.time <= time) } : layer)),
  };
}
