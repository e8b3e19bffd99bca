import type { MarkLayer } from "@mesoscope/contracts";
import { ruleX, ruleY, text, type Markish } from "@observablehq/plot";
import type { Role } from "./role.js";
import { hasPlace } from "./scale.js";
import { wrapped } from "./wrap.js";

const characterWidth = 6;

/** Names of marks that stand close together go to one end, to the other, and between. */
const alongY = [
  { frameAnchor: "right", textAnchor: "end", dx: -4 },
  { frameAnchor: "left", textAnchor: "start", dx: 4 },
  { frameAnchor: "middle", textAnchor: "middle" },
] as const;
const alongX = [
  { frameAnchor: "top", textAnchor: "end", dy: 4 },
  { frameAnchor: "bottom", textAnchor: "start", dy: -4 },
  { frameAnchor: "middle", textAnchor: "middle" },
] as const;

/** A line across the drawing at one value, which carries its own name. */
export const mark: Role<MarkLayer> = {
  extent: (layer) => (layer.across === "x" ? { x: [layer.at], y: [] } : { x: [], y: [layer.at] }),
  marks(layer, look): readonly Markish[] {
    const shown = layer.across === "x" ? look.x : look.y;
    if (!hasPlace(shown.axis, layer.at)) return [];
    const name = [wrapped(layer.label, Math.floor((layer.across === "x" ? look.height : look.width) / characterWidth)).join("\n")];
    const words = { text: (label: string) => label, className: "mark-label", fill: "currentColor", lineHeight: 1.2 };
    const place = ((look.neighbours ?? 0) % 3) as 0 | 1 | 2;
    // Words stand on the side of the line where there is room.
    const inLaterHalf = isInLaterHalf(layer.at, shown.domain, shown.axis.scale === "log");
    if (layer.across === "y") {
      const side = inLaterHalf ? ({ lineAnchor: "top", dy: 4 } as const) : ({ lineAnchor: "bottom", dy: -3 } as const);
      return [ruleY([layer.at], { className: "mark" }), text(name, { ...words, ...side, y: () => layer.at, ...alongY[place] })];
    }
    const side = inLaterHalf ? ({ lineAnchor: "bottom", dx: -3 } as const) : ({ lineAnchor: "top", dx: 4 } as const);
    return [ruleX([layer.at], { className: "mark" }), text(name, { ...words, ...side, rotate: -90, ...alongX[place], x: () => layer.at })];
  },
  sign: () => undefined,
  data: (layer, x, y) => ({ columns: [(layer.across === "x" ? x : y).symbol], rows: [[layer.at]] }),
  places: () => [],
  describe: (layer) => `a line across at ${layer.across} = ${layer.at}`,
};

function isInLaterHalf(at: number, [from, to]: readonly [number, number], isLogarithmic: boolean): boolean {
  return isLogarithmic ? at * at > from * to : at > (from + to) / 2;
}
