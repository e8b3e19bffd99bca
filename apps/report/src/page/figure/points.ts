import type { PointsLayer } from "@mesoscope/contracts";
import { dot, link, type Markish } from "@observablehq/plot";
import { html } from "../html.js";
import { showPercent } from "../number.js";
import { placesAt, seriesClass, type Role } from "./role.js";
import { hasPlace, withinReach } from "./scale.js";
import { summary } from "./series.js";
import { signPath, symbolOf } from "./symbol.js";

/** Estimates as symbols with their intervals as whiskers; an interval that leaves the axis is cut at its end. */
export const points: Role<PointsLayer> = {
  extent: (layer) => ({ x: layer.x, y: [...layer.y, ...layer.lower, ...layer.upper] }),
  marks(layer, look): readonly Markish[] {
    const rows = layer.x
      .map((x, i) => ({
        x,
        y: layer.y[i]!,
        lower: withinReach(look.y, layer.lower[i]!),
        upper: withinReach(look.y, layer.upper[i]!),
      }))
      .filter((row) => hasPlace(look.x.axis, row.x));
    const className = (form: string): string => seriesClass(look.series, form, layer.source);
    const whiskers = { x1: "x", x2: "x", y1: "lower", y2: "upper", strokeWidth: 1.5, className: className("whisker") };
    const symbol = { x: "x", y: "y", r: 3.6, symbol: symbolOf(look.series), fill: "currentColor", stroke: "none", className: className("dot") };
    return [link(rows, whiskers), dot(rows.filter((row) => hasPlace(look.y.axis, row.y)), symbol)];
  },
  sign: (layer, series) =>
    html`<path class="${seriesClass(series, "whisker", layer.source)}" d="M14,0V14" fill="none" stroke="currentColor" stroke-width="1.5"></path
      ><path class="${seriesClass(series, "dot", layer.source)}" d="${signPath(series)}" fill="currentColor"></path>`,
  data: (layer, x, y) => ({
    columns: [x.symbol, y.symbol, `lower end (${showPercent(layer.confidence)})`, `upper end (${showPercent(layer.confidence)})`],
    rows: layer.x.map((value, i) => [value, layer.y[i]!, layer.lower[i]!, layer.upper[i]!]),
  }),
  places: (layer) => placesAt(layer.x, layer.y),
  describe: (layer) => `points with ${showPercent(layer.confidence)} intervals, ${summary(layer.y)}`,
};
