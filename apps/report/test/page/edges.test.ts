/** @file Figures at the edges of what a record may hold: one value, none, values without a place, the ends of a double, very many. */
import { sealRecord, type Figure, type FigureAxis, type Layer } from "@mesoscope/contracts";
import { describe, expect, it } from "vitest";
import { isDrawable } from "../../src/page/browser/view.js";
import { renderFigure } from "../../src/page/figure/figure.js";
import { sharedAxes } from "../../src/page/figure/panel.js";
import { showAxis, showWindow } from "../../src/page/figure/scale.js";
import { thinned } from "../../src/page/figure/thin.js";
import { renderStandalone } from "../../src/page/figure/standalone.js";
import { renderStudyPage } from "../../src/page/study-page.js";
import { galleryBody } from "../fixtures/records.js";
import { bareTools } from "../fixtures/tools.js";

const axis = (scale: FigureAxis["scale"]): FigureAxis => ({ symbol: "q", meaning: "quantity", unit: "1", scale });
const [linear, log] = [axis("linear"), axis("log")];
const figureOf = (x: FigureAxis, y: FigureAxis, ...layers: readonly Layer[]): Figure => ({ id: "f", title: "F", finding: "It is.", x, y, panels: [{ title: "", layers }] });
const drawn = (figure: Figure): string => renderFigure(figure, "s").toString();
const numbers = (count: number): number[] => Array.from({ length: count }, (_, i) => i);
const curve = (x: number[], y: number[]): Layer => ({ role: "curve", label: "c", source: "theory", x, y });
const band = (x: number[]): Layer => ({ role: "band", label: "tolerance", source: "reference", x, lower: x.map(() => -0.2), upper: x.map(() => 0.2) });
const content = (...values: number[]): Parameters<typeof showAxis>[1] => ({ values, marked: [], filled: false });
const corners = (path: string): number => new Set([...path.matchAll(/[ML](-?[\d.]+),/g)].map((match) => match[1])).size;

describe("a single value", () => {
  it.each([["linear", linear], ["log", log]] as const)("of a band has a width on a %s axis, as a tolerance at one size must", (_, x) => {
    const path = /class="s0 band reference"[^>]*><path d="([^"]+)"/.exec(drawn(figureOf(x, linear, band([256]))))?.[1] ?? "";
    expect(corners(path)).toBe(2);
  });

  it("of a map has a cell, also where half to both sides is lost to rounding", () => {
    for (const at of [3, 1e300]) {
      const [from, to] = sharedAxes(figureOf(linear, linear), [{ title: "", layers: [{ role: "heat-map", label: "h", source: "theory", x: [at], y: [at], values: [1], colour: linear }] }], { width: 100, height: 100 }).x.domain;
      expect(from < at && at < to).toBe(true);
    }
  });
});

describe("a logarithmic axis", () => {
  it("shows every cell of a map, half-way in ratio: the first would vanish between arithmetic borders", () => {
    const map: Layer = { role: "heat-map", label: "h", source: "theory", x: [1, 10, 100], y: [1, 10, 100], values: numbers(9), colour: linear };
    const drawing = /<svg[^>]*role="img"[\s\S]*?<\/svg>/.exec(drawn(figureOf(log, log, map)))![0];
    const cells = [...drawing.matchAll(/M([\d.]+),([\d.]+)H([\d.]+)V([\d.]+)/g)].map((match) => match.slice(1).map(Number) as [number, number, number, number]);
    expect(cells.length).toBe(9);
    const widths = cells.map(([left, , right]) => right - left);
    expect(Math.min(...widths)).toBeGreaterThan(200);
    expect(Math.max(...widths) - Math.min(...widths)).toBeLessThan(0.5);
  });

  it("shows a bin that begins at zero from its left end on", () => {
    const law: Layer = { role: "law", label: "l", source: "simulation", edges: [0, 1, 10, 100], density: [3, 1, 0.1] };
    const bars = /class="s0 bars"[^>]*>(.*?)<\/g>/.exec(drawn(figureOf(log, linear, law)))![1]!;
    expect([...bars.matchAll(/<rect/g)].length).toBe(3);
  });

  it("says how many values have no place on it", () => {
    const points: Layer = { role: "points", label: "p", source: "simulation", x: [1, 2, 3], y: [-1, 0, 4], lower: [-2, -1, 3], upper: [1, 1, 5], confidence: 0.95 };
    expect(drawn(figureOf(log, log, points, curve([0, 1], [1, 1]), { role: "mark", label: "m", at: -3, across: "x" }))).toContain("4 values have no place on the axes");
    expect(drawn(figureOf(log, log, curve([1, 2], [1, 0])))).toContain("One value has no place on the axes");
    expect(drawn(figureOf(linear, linear, points))).not.toContain("no place");
    // What reaches the bottom is drawn.
    expect(drawn(figureOf(log, log, { role: "band", label: "b", source: "theory", x: [1, 2], lower: [0, -1], upper: [1, 1] }))).not.toContain("no place");
  });
});

describe("the ends of a double", () => {
  const ends = [
    figureOf(linear, linear, curve([-1.7e308, 0, 1.7e308], [-1.7e308, 0, 1.7e308])),
    figureOf(log, log, curve([5e-324, 1, 1.7e308], [5e-324, 1, 1.7e308])),
    figureOf(linear, linear, curve([1.7e308], [1.7e308])),
    figureOf(log, log, curve([5e-324], [5e-324])),
    figureOf(linear, linear, curve([0, 5e-324], [0, 5e-324])),
    figureOf(linear, linear, curve([-4e307, 4e307], [-4e307, 4e307])),
  ];
  it.each(ends.map((figure, i) => [i, figure] as const))("case %i has axes with labels, a finite width and no coordinate that is none", (_, figure) => {
    const { x, y } = sharedAxes(figure, figure.panels, { width: 720, height: 400 });
    for (const { domain: [from, to] } of [x, y]) expect(to - from > 0 && Number.isFinite(to - from)).toBe(true);
    const drawing = /<svg[^>]*role="img"[\s\S]*?<\/svg>/.exec(drawn(figure))![0];
    expect(drawing).not.toMatch(/NaN|Infinity/);
    expect([...drawing.matchAll(/<text/g)].length).toBeGreaterThan(4);
  });
});

describe("labels of an axis", () => {
  it.each([[1, 1 + 4e-12], [43.5, 43.51], [0, 1e-9], [-1e6, -1e6 + 1]])("differ between %d and %d", (from, to) => {
    const places = numbers(5).map((i) => from + (i * (to - from)) / 4);
    for (const { format } of [showAxis(linear, content(from, to), 5), showWindow(linear, [from, to], 5)]) expect(new Set(places.map(format)).size).toBe(5);
  });

  it("have room: where they would not, nothing is enlarged any more", () => {
    expect(isDrawable({ x: [1, 1.001], y: [0, 1e-12] })).toBe(true);
    expect(isDrawable({ x: [1, 1.00001], y: [0, 1] })).toBe(false);
    expect(showWindow(linear, [0.41, 0.4101], 5).format(0.41 + 1e-5).length).toBeLessThanOrEqual(9);
  });
});

describe("very many", () => {
  const pageOf = (...figures: Figure[]): string => renderStudyPage(sealRecord({ ...galleryBody, recordVersion: 1, figures }), bareTools);
  const law: Extract<Layer, { role: "law" }> = { role: "law", label: "l", source: "simulation", edges: numbers(20_001).map((i) => i * i), density: numbers(20_000).map((i) => 1 / (1 + i)) };

  it.each([
    ["bins", figureOf(linear, linear, law)],
    ["orbits", figureOf(linear, linear, { role: "phase-portrait", label: "o", source: "theory", orbits: numbers(20_000).map((i) => ({ x: [i, i + 1], y: [i % 7, i % 5] })) })],
    ["frames", figureOf(linear, linear, { role: "frames", label: "f", source: "theory", frames: numbers(20_000).map((time) => ({ time, x: [time], y: [time % 7] })) })],
    ["panels", { ...figureOf(linear, linear), panels: numbers(200).map((i) => ({ title: `panel ${i}`, layers: [curve(numbers(6), numbers(6))] })) }],
  ] as const)("%s: a page below 2 MB that says what it leaves out", (_, figure) => {
    const page = pageOf(figure);
    expect(Buffer.byteLength(page)).toBeLessThan(1_620_000);
    expect(page).toMatch(/Shown are [^.]+; the record file has all of them\./);
  });

  it("bins become wider and keep their mass", () => {
    const mass = ({ edges, density }: Pick<typeof law, "edges" | "density">): number => density.reduce((sum, value, i) => sum + value * (edges[i + 1]! - edges[i]!), 0);
    const { figure: shown } = thinned(figureOf(linear, linear, law), 700);
    const wide = shown.panels[0]!.layers[0] as typeof law;
    expect(wide.density.length).toBeLessThanOrEqual(700);
    expect([wide.edges[0], wide.edges.at(-1)]).toEqual([law.edges[0], law.edges.at(-1)]);
    expect(mass(wide) / mass(law)).toBeCloseTo(1, 10);
  });
});

describe("names of marks", () => {
  const marks = (across: "x" | "y", ...at: number[]): Layer[] => at.map((value) => ({ role: "mark", label: `at ${value}`, at: value, across }));
  const places = (...layers: Layer[]): readonly string[] => {
    const drawing = /<svg[^>]*role="img"[\s\S]*?<\/svg>/.exec(drawn(figureOf(linear, linear, curve([0, 10], [0, 10]), ...layers)))![0];
    return [...drawing.matchAll(/<g class="mark-label"[^>]*>/g)].map(([group]) => /text-anchor="(\w+)"/.exec(group)?.[1] ?? "middle");
  };

  it.each(["x", "y"] as const)("across %s lie beside each other where their lines are close, and at one end where they are not", (across) => {
    expect(places(...marks(across, 4, 4.1, 4.2))).toEqual(["end", "start", "middle"]);
    expect(places(...marks(across, 2, 8))).toEqual(["end", "end"]);
    expect(places(...marks("x", 4), ...marks("y", 4))).toEqual(["end", "end"]);
  });
});

describe("a long path", () => {
  const many = numbers(3000);
  it.each([
    ["curve", curve(many, many)],
    ["cloud", { role: "cloud", label: "c", source: "simulation", x: many, y: many }],
    ["spectrum", { role: "spectrum", label: "s", source: "theory", frequency: many, power: many }],
    ["heat-map", { role: "heat-map", label: "h", source: "theory", x: numbers(60), y: numbers(50), values: many.map((i) => (i + Math.floor(i / 60)) % 2), colour: linear }],
  ] as const)("of a %s is whole, on the page and by itself: none is cut like a text of a stranger", (_, layer) => {
    const figure = figureOf(linear, linear, layer);
    for (const markup of [drawn(figure), renderStandalone(figure, "a record")]) {
      const paths = [...markup.matchAll(/\sd="([^"]*)"/g)].map((match) => match[1]!);
      expect(Math.max(...paths.map((path) => path.length))).toBeGreaterThan(20_000);
      for (const path of paths) expect(path).toMatch(/^[MLHVZACQShvz\d.,\s+-]*$/);
    }
  });
});
