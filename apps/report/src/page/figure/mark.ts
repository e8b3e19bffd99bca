import type { MarkLayer } from "@mesoscope/contracts";
import { ruleX, ruleY, text, type Markish } from "@observablehq/plot";
import type { Role } from "./role.js";
import { hasPlace } from "./scale.js";
import { shortened } from "./wrap.js";

/** A line across the drawing at one value, which carries its own name. */
export const mark: Role<MarkLayer> = {
  extent: (layer) => (layer.across === "x" ? { x: [layer.at], y: [] } : { x: [], y: [layer.at] }),
  marks(layer, look): readonly Markish[] {
    const shown = layer.across === "x" ? look.x : look.y;
    if (!hasPlace(shown.axis, layer.at)) return [];
    const name = [shortened(layer.label, 48)];
    const words = { text: (label: string) => label, className: "mark-label", fill: "currentColor" };
    // Words stand on the side of the line where there is room.
    const inLaterHalf = isInLaterHalf(layer.at, shown.domain, shown.axis.scale === "log");
    if (layer.across === "y") {
      const dy = inLaterHalf ? 9 : -8;
      return [ruleY([layer.at], { className: "mark" }), text(name, { ...words, y: () => layer.at, frameAnchor: "right", textAnchor: "end", dx: -4, dy })];
    }
    const turned = { frameAnchor: "top", rotate: -90, textAnchor: "end", dy: 4, dx: inLaterHalf ? -7 : 8 } as const;
    return [ruleX([layer.at], { className: "mark" }), text(name, { ...words, ...turned, x: () => layer.at })];
  },
  sign: () => undefined,
  data: (layer, x, y) => ({ columns: [(layer.across === "x" ? x : y).symbol], rows: [[layer.at]] }),
  places: () => [],
  describe: (layer) => `a line across at ${layer.across} = ${layer.at}`,
};

function isInLaterHalf(at: number, [from, to]: readonly [number, number], isLogarithmic: boolean): boolean {
  return isLogarithmic ? at * at > from * to : at > (from + to) / 2;
}
