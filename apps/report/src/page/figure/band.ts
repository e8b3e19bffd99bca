import type { BandLayer } from "@mesoscope/contracts";
import { areaY } from "@observablehq/plot";
import { html } from "../html.js";
import { placesAt, seriesClass, type Role } from "./role.js";
import { aroundOne, hasPlace, withinReach } from "./scale.js";
import { summary } from "./series.js";

/** A filled region between two lines. */
export const band: Role<BandLayer> = {
  extent: (layer) => ({ x: layer.x, y: [...layer.lower, ...layer.upper] }),
  marks(layer, look) {
    const rows = layer.x.map((x, i) => ({
      x: hasPlace(look.x.axis, x) ? x : Number.NaN,
      // A lower edge at or below zero reaches the bottom of a logarithmic axis.
      lower: withinReach(look.y, layer.lower[i]!),
      upper: hasPlace(look.y.axis, layer.upper[i]!) ? layer.upper[i]! : Number.NaN,
    }));
    const [only] = rows;
    if (rows.length === 1 && only !== undefined) {
      const { from, to } = aroundOne(only.x, look.x);
      rows.splice(0, 1, { ...only, x: from }, { ...only, x: to });
    }
    return [areaY(rows, { x: "x", y1: "lower", y2: "upper", className: seriesClass(look.series, "band", layer.source) })];
  },
  sign: (layer, series) =>
    html`<rect class="${seriesClass(series, "band", layer.source)}" x="1" y="2" width="26" height="10" fill="currentColor"></rect>`,
  data: (layer, x, y) => ({
    columns: [x.symbol, `${y.symbol}, lower edge`, `${y.symbol}, upper edge`],
    rows: layer.x.map((value, i) => [value, layer.lower[i]!, layer.upper[i]!]),
  }),
  places: (layer) => [...placesAt(layer.x, layer.lower), ...placesAt(layer.x, layer.upper)],
  describe: (layer) => `a band with lower edge of ${summary(layer.lower)} and upper edge of ${summary(layer.upper)}`,
};
