import type { CloudLayer } from "@mesoscope/contracts";
import type { RenderFunction } from "@observablehq/plot";
import { html } from "../html.js";
import { placesAt, seriesClass, type Role } from "./role.js";
import { hasPlace } from "./scale.js";
import { summary } from "./series.js";

/** Bare samples: small, see-through, so that where they crowd is seen. One path, which takes a tenth of the room of as many circles. */
export const cloud: Role<CloudLayer> = {
  extent: (layer) => ({ x: layer.x, y: layer.y }),
  marks(layer, look) {
    const render: RenderFunction = (_index, scales, _values, _dimensions, { document }) => {
      const place = (i: number): string => `M${(scales.x!(layer.x[i]!) as number).toFixed(1)},${(scales.y!(layer.y[i]!) as number).toFixed(1)}h0`;
      const shown = layer.x.flatMap((x, i) => (hasPlace(look.x.axis, x) && hasPlace(look.y.axis, layer.y[i]!) ? [place(i)] : []));
      const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
      path.setAttribute("class", seriesClass(look.series, "cloud", layer.source));
      path.setAttribute("d", shown.join(""));
      for (const [name, value] of [["fill", "none"], ["stroke", "currentColor"], ["stroke-width", "3.2"], ["stroke-linecap", "round"]] as const) path.setAttribute(name, value);
      return path;
    };
    return [render];
  },
  sign: (layer, series) =>
    html`<path class="${seriesClass(series, "cloud", layer.source)}" d="M8,9h0M13,5h0M15,10h0M20,6h0" fill="none" stroke="currentColor" stroke-width="3.6" stroke-linecap="round"></path>`,
  data: (layer, x, y) => ({ columns: [x.symbol, y.symbol], rows: layer.x.map((value, i) => [value, layer.y[i]!]) }),
  places: (layer) => placesAt(layer.x, layer.y),
  describe: (layer) => `a cloud of samples, ${summary(layer.y)}`,
};
