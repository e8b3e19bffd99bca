import type { LawLayer } from "@mesoscope/contracts";
import { line, rectY, type Markish } from "@observablehq/plot";
import { html } from "../html.js";
import { seriesClass, type Role } from "./role.js";
import { hasPlace, withinReach } from "./scale.js";
import { summary } from "./series.js";

/** A distribution: a theory's as a stepped outline, a measured one as bars. */
export const law: Role<LawLayer> = {
  extent: (layer) => ({ x: layer.edges, y: [0, ...layer.density] }),
  marks(layer, look): readonly Markish[] {
    const floor = withinReach(look.y, look.y.axis.scale === "log" ? look.y.reach[0] : 0);
    const bins = layer.density
      // A bin that begins at zero reaches the left end of a logarithmic axis.
      .map((density, i) => ({ from: withinReach(look.x, layer.edges[i]!), to: layer.edges[i + 1]!, floor, density: Math.max(floor, density) }))
      .filter((bin) => hasPlace(look.x.axis, bin.to));
    if (layer.source === "simulation") {
      return [rectY(bins, { x1: "from", x2: "to", y1: "floor", y2: "density", fill: "currentColor", inset: 0, className: seriesClass(look.series, "bars") })];
    }
    const outline = bins.flatMap((bin) => [
      { x: bin.from, y: bin.density },
      { x: bin.to, y: bin.density },
    ]);
    return [line(outline, { x: "x", y: "y", strokeWidth: 2, className: seriesClass(look.series, "line", layer.source) })];
  },
  sign: (layer, series) =>
    layer.source === "simulation"
      ? html`<path class="${seriesClass(series, "bars")}" d="M3,13V8H10V2H17V6H24V13Z" fill="currentColor"></path>`
      : html`<path class="${seriesClass(series, "line", layer.source)}" d="M3,12V8H10V2H17V6H24V12" fill="none" stroke="currentColor" stroke-width="2"></path>`,
  data: (layer, x, y) => ({
    columns: [`${x.symbol} from`, `${x.symbol} to`, y.symbol],
    rows: layer.density.map((density, i) => [layer.edges[i]!, layer.edges[i + 1]!, density]),
  }),
  places: (layer) => layer.density.map((y, row) => ({ x: (layer.edges[row]! + layer.edges[row + 1]!) / 2, y, row })),
  describe: (layer) => `a distribution in ${layer.density.length} bins, density of ${summary(layer.density)}`,
};
