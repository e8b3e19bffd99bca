import type { Panel } from "@mesoscope/contracts";
import type { Projection } from "../figure/frame.js";
import { roleOf } from "../figure/roles.js";

/** A row of a layer and where it stands, in pixels of the drawing. */
export interface Spot {
  readonly layer: number;
  readonly row: number;
  readonly x: number;
  readonly y: number;
}

/** Every row of every layer of a panel that has a place within a rectangle of the drawing. */
export function spotsOf(panel: Panel, { toX, toY }: Projection, frame: { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number }): readonly Spot[] {
  const slack = 0.5;
  return panel.layers.flatMap((layer, which) =>
    roleOf(layer)
      .places(layer)
      .map(({ x, y, row }) => ({ layer: which, row, x: toX(x), y: toY(y) }))
      .filter((spot) => spot.x >= frame.left - slack && spot.x <= frame.right + slack && spot.y >= frame.top - slack && spot.y <= frame.bottom + slack),
  );
}

/** The spot nearest to a pointer; of equal ones the last, which is drawn on top. */
export function nearestSpot(spots: readonly Spot[], x: number, y: number): Spot | undefined {
  let best: Spot | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const spot of spots) {
    const [right, down] = [spot.x - x, spot.y - y];
    const distance = right * right + down * down;
    if (distance <= least) [best, least] = [spot, distance];
  }
  return best;
}

/** Where a key leads: along a layer from left to right, or to the nearest spot of the next layer. */
export function spotByKey(spots: readonly Spot[], from: Spot | undefined, key: string): Spot | undefined {
  if (from === undefined) return spots[0];
  const own = spots.filter(({ layer }) => layer === from.layer);
  const place = own.indexOf(from);
  if (key === "ArrowRight") return own[Math.min(own.length - 1, place + 1)];
  if (key === "ArrowLeft") return own[Math.max(0, place - 1)];
  if (key === "Home") return own[0];
  if (key === "End") return own.at(-1);
  const layers = [...new Set(spots.map(({ layer }) => layer))];
  const step = key === "ArrowUp" ? 1 : layers.length - 1;
  const next = layers[(layers.indexOf(from.layer) + step) % layers.length];
  return nearestSpot(spots.filter(({ layer }) => layer === next), from.x, from.y);
}
