/** @file What the program of the page reckons, without a browser. */
import { describe, expect, it } from "vitest";
import { nearestSpot, spotByKey, spotsOf } from "../../src/page/browser/nearest.js";
import { isDrawable, see, wholeView, zoomed } from "../../src/page/browser/view.js";
import { nameOfLayer } from "../../src/page/figure/key.js";
import { reading } from "../../src/page/figure/reading.js";
import { roleOf } from "../../src/page/figure/roles.js";
import { galleryFigures, layerOf } from "../fixtures/records.js";

const departure = galleryFigures[0]!;

describe("places under a pointer", () => {
  it.each(galleryFigures.map((figure) => [figure.id, figure] as const))("%s: every place has a row of numbers, whose reading names them", (_, figure) => {
    for (const panel of figure.panels) {
      for (const layer of panel.layers) {
        const { rows } = roleOf(layer).data(layer, figure.x, figure.y);
        for (const place of roleOf(layer).places(layer)) {
          expect(rows[place.row]).toBeDefined();
          if (layer.role === "curve" || layer.role === "points" || layer.role === "cloud") expect([rows[place.row]![0], rows[place.row]![1]]).toEqual([place.x, place.y]);
          expect(reading(figure, layer, place.row)).toMatch(/^[^:]+: .*\d/);
        }
      }
    }
  });

  it("are where the drawing shows them", () => {
    const { projection, frame } = see(departure, wholeView, 0, "wide");
    const markup = see(departure, wholeView, 0, "wide").markup();
    const drawn = [.../<g class="s0 dot simulation"[^>]*>(.*?)<\/g>/.exec(markup)![1]!.matchAll(/cx="([\d.]+)" cy="([\d.]+)"/g)].map(([, x, y]) => [Number(x), Number(y)]);
    layerOf.points.x.forEach((x, i) => {
      expect(Math.abs(projection.toX(x) - drawn[i]![0]!)).toBeLessThan(0.01);
      expect(Math.abs(projection.toY(layerOf.points.y[i]!) - drawn[i]![1]!)).toBeLessThan(0.01);
      expect(Math.abs(projection.xAt(projection.toX(x)) / x - 1)).toBeLessThan(1e-12);
    });
    expect(projection.toX(see(departure, wholeView, 0, "wide").axes.x.domain[0])).toBeCloseTo(frame.left, 10);
  });

  it("are found, the nearest first; keys walk them in order and do not fall off the ends", () => {
    const seen = see(departure, wholeView, 0, "wide");
    const spots = spotsOf(seen.panel, seen.projection, seen.frame);
    for (const spot of spots) {
      const found = nearestSpot(spots, spot.x + 0.01, spot.y)!;
      expect([found.x, found.y]).toEqual([spot.x, spot.y]);
    }
    let at = spotByKey(spots, undefined, "ArrowRight");
    for (let step = 0; step < 50; step++) at = spotByKey(spots, at, "ArrowRight");
    expect(spotByKey(spots, at, "ArrowRight")).toBe(at);
    expect(spotByKey(spots, at, "ArrowUp")!.layer).not.toBe(at!.layer);
    expect(nearestSpot([], 0, 0)).toBeUndefined();
  });

  it("outside of a window are not found", () => {
    const part = { window: { x: [400, 1200], y: [0, 100] }, hidden: new Set<string>() } as const;
    const seen = see(departure, part, 0, "wide");
    const xs = spotsOf(seen.panel, seen.projection, seen.frame).map((spot) => Math.round(seen.projection.xAt(spot.x)));
    expect([...new Set(xs)].sort((a, b) => a - b)).toEqual([512, 1024]);
  });
});

describe("a window", () => {
  it("halves and doubles around a place, on a logarithmic axis in its decades", () => {
    const seen = see(departure, wholeView, 0, "wide");
    const { x, y } = zoomed(seen, 0.5, undefined);
    const [from, to] = seen.axes.x.domain;
    expect(Math.log(x[1] / x[0])).toBeCloseTo(Math.log(to / from) / 2, 10);
    expect(y[1] - y[0]).toBeCloseTo((seen.axes.y.domain[1] - seen.axes.y.domain[0]) / 2, 10);
    const back = zoomed(see(departure, { ...wholeView, window: { x, y } }, 0, "wide"), 2, undefined);
    expect(back.x[0] / from).toBeCloseTo(1, 10);
    expect(back.y[1]).toBeCloseTo(seen.axes.y.domain[1], 10);
  });

  it("of which doubles know no inside is refused", () => {
    expect(isDrawable({ x: [1, 1 + 1e-12], y: [0, 1] })).toBe(false);
    expect(isDrawable({ x: [0, 1], y: [Number.NEGATIVE_INFINITY, 1] })).toBe(false);
    expect(isDrawable({ x: [0, 1], y: [-1e-300, 1e-300] })).toBe(true);
  });

  it.each(galleryFigures.map((figure) => [figure.id, figure] as const))("%s: labels its axes and draws no coordinate that is none, however narrow", (_, figure) => {
    let view = wholeView;
    for (let step = 0; step < 12; step++) {
      const seen = see(figure, view, 0, "wide");
      const window = zoomed(seen, 0.3, undefined);
      view = { ...view, window };
      const markup = see(figure, view, 0, "wide").markup();
      expect(markup).not.toMatch(/NaN|Infinity|undefined/);
      expect([...markup.matchAll(/<text/g)].length).toBeGreaterThan(4);
      expect(markup).toContain('class="cover"');
    }
  });

  it("shows bands, tints and whiskers where they are, also where they leave it", () => {
    const view = { window: { x: [400, 1200], y: [6.3, 6.6] }, hidden: new Set<string>() } as const;
    const seen = see(departure, view, 0, "wide");
    const markup = seen.markup();
    type Corner = readonly [number, number];
    const inOrder = (all: readonly Corner[]): readonly Corner[] => [...all].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
    const corners = (name: string): readonly Corner[] => inOrder([...new RegExp(`class="s0 ${name}[^>]*><path d="([^"]+)"`).exec(markup)![1]!.matchAll(/[ML](-?[\d.]+),(-?[\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)] as const));
    const placed = (x: readonly number[], ...edges: readonly (readonly number[])[]): readonly Corner[] => inOrder(edges.flatMap((edge) => x.map((value, i) => [seen.projection.toX(value), seen.projection.toY(edge[i]!)] as const)));
    const { x, y, error } = layerOf.curve;
    const pairs = [
      [corners("tint"), placed(x, y.map((value, i) => value - error[i]!), y.map((value, i) => value + error[i]!))],
      [corners("band"), placed(x, layerOf.band.lower, layerOf.band.upper)],
    ] as const;
    for (const [drawn, wanted] of pairs) {
      expect(drawn.length).toBe(2 * x.length);
      drawn.forEach((corner, i) => { expect(Math.hypot(corner[0] - wanted[i]![0], corner[1] - wanted[i]![1])).toBeLessThan(0.02); });
    }
  });

  it("without a layer leaves it out and nothing else", () => {
    const [band, curve] = [layerOf.band, layerOf.curve].map(nameOfLayer) as [string, string];
    const markup = see(departure, { window: undefined, hidden: new Set([band]) }, 0, "wide").markup();
    expect(band).not.toBe(curve);
    expect(markup).not.toContain('class="s0 band');
    expect(markup).toContain('class="s0 line');
    expect(markup).toContain('class="s1 band');
  });
});
