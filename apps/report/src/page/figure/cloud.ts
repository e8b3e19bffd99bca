import type { CloudLayer } from "@mesoscope/contracts";
import { dot } from "@observablehq/plot";
import { html } from "../html.js";
import { seriesClass, type Role } from "./role.js";
import { hasPlace } from "./scale.js";
import { summary } from "./series.js";

/** Bare samples: small, see-through, so that where they crowd is seen. */
export const cloud: Role<CloudLayer> = {
  extent: (layer) => ({ x: layer.x, y: layer.y }),
  marks(layer, look) {
    const rows = layer.x
      .map((x, i) => ({ x, y: layer.y[i]! }))
      .filter((row) => hasPlace(look.x.axis, row.x) && hasPlace(look.y.axis, row.y));
    return [dot(rows, { x: "x", y: "y", r: 1.6, fill: "currentColor", stroke: "none", className: seriesClass(look.series, "cloud", layer.source) })];
  },
  sign: (layer, series) =>
    html`<g class="${seriesClass(series, "cloud", layer.source)}" fill="currentColor"
      ><circle cx="8" cy="9" r="1.8"></circle><circle cx="13" cy="5" r="1.8"></circle><circle cx="15" cy="10" r="1.8"></circle><circle cx="20" cy="6" r="1.8"></circle></g>`,
  data: (layer, x, y) => ({ columns: [x.symbol, y.symbol], rows: layer.x.map((value, i) => [value, layer.y[i]!]) }),
  describe: (layer) => `a cloud of samples, ${summary(layer.y)}`,
};
