import type { CurveLayer } from "@mesoscope/contracts";
import { areaY, line } from "@observablehq/plot";
import { html } from "../html.js";
import { seriesClass, type Role } from "./role.js";
import { hasPlace } from "./scale.js";
import { summary } from "./series.js";

/** A line; theory is drawn whole, other sources broken; the numerical error of y is a tint around it. */
export const curve: Role<CurveLayer> = {
  extent: (layer) => ({ x: layer.x, y: layer.y }),
  marks(layer, look) {
    const rows = layer.x.map((x, i) => ({
      x: hasPlace(look.x.axis, x) ? x : Number.NaN,
      y: hasPlace(look.y.axis, layer.y[i]!) ? layer.y[i]! : Number.NaN,
      lower: Math.max(look.y.domain[0], layer.y[i]! - (layer.error?.[i] ?? 0)),
      upper: Math.min(look.y.domain[1], layer.y[i]! + (layer.error?.[i] ?? 0)),
    }));
    const stroke = line(rows, { x: "x", y: "y", strokeWidth: 2, className: seriesClass(look.series, "line", layer.source) });
    if (layer.error?.some((error) => error > 0) !== true) return [stroke];
    return [areaY(rows, { x: "x", y1: "lower", y2: "upper", className: seriesClass(look.series, "tint") }), stroke];
  },
  sign: (layer, series) =>
    html`<path class="${seriesClass(series, "line", layer.source)}" d="M1,7H27" fill="none" stroke="currentColor" stroke-width="2"></path>`,
  data: (layer, x, y) => ({
    columns: [x.symbol, y.symbol, ...(layer.error === undefined ? [] : [`numerical error of ${y.symbol}`])],
    rows: layer.x.map((value, i) => [value, layer.y[i]!, ...(layer.error === undefined ? [] : [layer.error[i] ?? ""])]),
  }),
  describe: (layer) => `a line of ${summary(layer.y)}`,
};
