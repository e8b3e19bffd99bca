import type { PhasePortraitLayer } from "@mesoscope/contracts";
import { dot, line, type Markish } from "@observablehq/plot";
import { html } from "../html.js";
import { placesAt, seriesClass, type Role } from "./role.js";
import { hasPlace } from "./scale.js";

/** Orbits in a plane, each with a dot where it starts. */
export const phasePortrait: Role<PhasePortraitLayer> = {
  extent: (layer) => ({ x: layer.orbits.flatMap((orbit) => orbit.x), y: layer.orbits.flatMap((orbit) => orbit.y) }),
  marks(layer, look): readonly Markish[] {
    const rows = layer.orbits.flatMap((orbit, which) =>
      orbit.x.map((x, i) => ({
        which,
        x: hasPlace(look.x.axis, x) ? x : Number.NaN,
        y: hasPlace(look.y.axis, orbit.y[i]!) ? orbit.y[i]! : Number.NaN,
      })),
    );
    const starts = rows.filter((row, i) => row.which !== rows[i - 1]?.which);
    return [
      line(rows, { x: "x", y: "y", z: "which", strokeWidth: 1.25, className: seriesClass(look.series, "line", layer.source) }),
      dot(starts, { x: "x", y: "y", r: 2.5, fill: "currentColor", stroke: "none", className: seriesClass(look.series, "dot", layer.source) }),
    ];
  },
  sign: (layer, series) =>
    html`<path class="${seriesClass(series, "line", layer.source)}" d="M4,11C10,-4,20,0,23,6S16,13,14,9" fill="none" stroke="currentColor" stroke-width="1.25"></path
      ><circle class="${seriesClass(series, "dot", layer.source)}" cx="4" cy="11" r="2.5" fill="currentColor"></circle>`,
  data: (layer, x, y) => ({
    columns: ["orbit", x.symbol, y.symbol],
    rows: layer.orbits.flatMap((orbit, which) => orbit.x.map((value, i) => [which + 1, value, orbit.y[i] ?? ""])),
  }),
  places: (layer) => placesAt(layer.orbits.flatMap((orbit) => orbit.x), layer.orbits.flatMap((orbit) => orbit.x.map((_, i) => orbit.y[i] ?? Number.NaN))),
  describe: (layer) => `${layer.orbits.length} orbits, each from its dot`,
};
