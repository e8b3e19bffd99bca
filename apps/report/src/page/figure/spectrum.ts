import type { SpectrumLayer } from "@mesoscope/contracts";
import { line } from "@observablehq/plot";
import { html } from "../html.js";
import { placesAt, seriesClass, type Role } from "./role.js";
import { hasPlace } from "./scale.js";
import { summary } from "./series.js";

/** Power against frequency, as a thin line that keeps its peaks. */
export const spectrum: Role<SpectrumLayer> = {
  extent: (layer) => ({ x: layer.frequency, y: layer.power }),
  marks(layer, look) {
    const rows = layer.frequency.map((frequency, i) => ({
      frequency: hasPlace(look.x.axis, frequency) ? frequency : Number.NaN,
      power: hasPlace(look.y.axis, layer.power[i]!) ? layer.power[i]! : Number.NaN,
    }));
    return [line(rows, { x: "frequency", y: "power", strokeWidth: 1.25, strokeLinejoin: "miter", className: seriesClass(look.series, "line", layer.source) })];
  },
  sign: (layer, series) =>
    html`<path class="${seriesClass(series, "line", layer.source)}" d="M1,12L8,11L10,2L12,11L18,10L20,6L22,11L27,12" fill="none" stroke="currentColor" stroke-width="1.25"></path>`,
  data: (layer, x, y) => ({ columns: [x.symbol, y.symbol], rows: layer.frequency.map((value, i) => [value, layer.power[i]!]) }),
  places: (layer) => placesAt(layer.frequency, layer.power),
  describe: (layer) => `a spectrum, power of ${summary(layer.power)}`,
};
