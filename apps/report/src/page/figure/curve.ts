import type { CurveLayer } from "@mesoscope/contracts";
import { areaY, line, link } from "@observablehq/plot";
import { html } from "../html.js";
import { placesAt, seriesClass, type Role } from "./role.js";
import { aroundOne, hasPlace, withinReach } from "./scale.js";
import { summary } from "./series.js";

/** Whether the numerical error could be seen at all: above a thousandth of the largest value. */
export function hasVisibleError(layer: CurveLayer): boolean {
  const largest = layer.y.reduce((most, y) => Math.max(most, Math.abs(y)), 0);
  return layer.error?.some((error) => error > 0.001 * largest) === true;
}

/** A line; theory is drawn whole, other sources broken; the numerical error of y is a tint around it. */
export const curve: Role<CurveLayer> = {
  extent: (layer) => ({ x: layer.x, y: layer.y }),
  marks(layer, look) {
    const rows = layer.x.map((x, i) => ({
      x: hasPlace(look.x.axis, x) ? x : Number.NaN,
      y: hasPlace(look.y.axis, layer.y[i]!) ? layer.y[i]! : Number.NaN,
      lower: withinReach(look.y, layer.y[i]! - (layer.error?.[i] ?? 0)),
      upper: withinReach(look.y, layer.y[i]! + (layer.error?.[i] ?? 0)),
    }));
    const stroke = line(rows, { x: "x", y: "y", strokeWidth: 2, className: seriesClass(look.series, "line", layer.source) });
    if (rows.length === 1) return [link([{ ...rows[0]!, ...aroundOne(rows[0]!.x, look.x) }], { x1: "from", x2: "to", y1: "y", y2: "y", strokeWidth: 2, className: seriesClass(look.series, "line", layer.source) })];
    if (!hasVisibleError(layer)) return [stroke];
    return [areaY(rows, { x: "x", y1: "lower", y2: "upper", className: seriesClass(look.series, "tint") }), stroke];
  },
  sign: (layer, series) =>
    html`<path class="${seriesClass(series, "line", layer.source)}" d="M1,7H27" fill="none" stroke="currentColor" stroke-width="2"></path>`,
  data: (layer, x, y) => ({
    columns: [x.symbol, y.symbol, ...(layer.error === undefined ? [] : [`numerical error of ${y.symbol}`])],
    rows: layer.x.map((value, i) => [value, layer.y[i]!, ...(layer.error === undefined ? [] : [layer.error[i] ?? ""])]),
  }),
  places: (layer) => placesAt(layer.x, layer.y),
  describe: (layer) => `a line of ${summary(layer.y)}`,
};
