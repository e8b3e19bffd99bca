import type { Figure, Layer } from "@mesoscope/contracts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pointsOf, thinned } from "../../src/page/figure/thin.js";
import { renderStudyPage } from "../../src/page/study-page.js";
import { sealRecord } from "@mesoscope/contracts";
import { galleryBody, layerOf, tokens } from "../fixtures/records.js";
import { bareTools } from "../fixtures/tools.js";

const figureOf = (...layers: readonly Layer[]): Figure => ({ id: "f", title: "F", finding: "It is.", x: { ...tokens, scale: "linear" }, y: { ...tokens, scale: "linear" }, panels: [{ title: "", layers }] });
const numbers = (count: number): number[] => Array.from({ length: count }, (_, i) => i);
const long = (count: number): Layer => ({ role: "curve", label: "long", source: "theory", x: numbers(count), y: numbers(count).map((i) => i * i), error: numbers(count) });

describe("what a page has room for", () => {
  it("is everything, while there is room", () => {
    const figure = figureOf(...Object.values(layerOf));
    expect(thinned(figure, pointsOf(figure)).figure).toBe(figure);
  });

  it("is about what was asked for, every role at once, short layers whole and lines with their ends", () => {
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 5000 }), fc.integer({ min: 400, max: 4000 }), (length, most) => {
        const figure = figureOf(long(length), long(50), { ...layerOf.points });
        const { figure: shown, kept, of } = thinned(figure, most);
        expect(of).toBe(pointsOf(figure));
        expect(kept).toBe(pointsOf(shown));
        expect(kept).toBeLessThanOrEqual(most);
        const [first, second] = shown.panels[0]!.layers as [Extract<Layer, { role: "curve" }>, Layer];
        expect(second).toEqual(long(50));
        expect([first.x[0], first.x.at(-1)]).toEqual([0, length - 1]);
        for (const [i, x] of first.x.entries()) expect([first.y[i], first.error![i]]).toEqual([x * x, x]);
      }),
    );
  });

  it("keeps the peaks of a spectrum, which every k-th value would lose", () => {
    const power = numbers(10_000).map((i) => (i === 4321 ? 1000 : 1));
    const { figure } = thinned(figureOf({ role: "spectrum", label: "p", source: "simulation", frequency: numbers(10_000), power }), 300);
    const layer = figure.panels[0]!.layers[0] as Extract<Layer, { role: "spectrum" }>;
    expect(Math.max(...layer.power)).toBe(1000);
    expect(layer.frequency[layer.power.indexOf(1000)]).toBe(4321);
  });

  it("keeps maps rectangular and all orbits and frames", () => {
    const map: Layer = { ...layerOf["heat-map"], x: numbers(100), y: numbers(80), values: numbers(8000) };
    for (const layer of thinned(figureOf(map), 500).figure.panels[0]!.layers) if (layer.role === "heat-map") expect(layer.values.length).toBe(layer.x.length * layer.y.length);
    const orbits: Layer = { role: "phase-portrait", label: "o", source: "theory", orbits: [500, 900, 3].map((count) => ({ x: numbers(count), y: numbers(count) })) };
    const frames: Layer = { role: "frames", label: "f", source: "theory", frames: [0, 1, 2].map((time) => ({ time, x: numbers(600), y: numbers(600) })) };
    const [thinOrbits, thinFrames] = thinned(figureOf(orbits, frames), 400).figure.panels[0]!.layers as [Extract<Layer, { role: "phase-portrait" }>, Extract<Layer, { role: "frames" }>];
    expect(thinOrbits.orbits.length).toBe(3);
    expect(thinFrames.frames.map(({ time }) => time)).toEqual([0, 1, 2]);
  });

  it("is at most 2 MB for a record of millions of numbers, and the page says what is left out", () => {
    const huge: readonly Layer[] = [
      long(60_000),
      { role: "cloud", label: "c", source: "simulation", x: numbers(60_000), y: numbers(60_000) },
      { role: "points", label: "p", source: "simulation", confidence: 0.95, x: numbers(10_000), y: numbers(10_000), lower: numbers(10_000), upper: numbers(10_000) },
      { role: "heat-map", label: "h", source: "theory", x: numbers(300), y: numbers(200), values: numbers(60_000).map((i) => Math.sin(i)), colour: { ...tokens, scale: "linear" } },
      { role: "law", label: "l", source: "simulation", edges: numbers(301), density: numbers(300) },
      { role: "phase-portrait", label: "o", source: "theory", orbits: [{ x: numbers(60_000), y: numbers(60_000) }] },
      { role: "spectrum", label: "s", source: "theory", frequency: numbers(60_000), power: numbers(60_000) },
      { role: "frames", label: "f", source: "theory", frames: numbers(100).map((time) => ({ time, x: numbers(2000), y: numbers(2000) })) },
    ];
    const figures = huge.map((layer, i) => ({ ...figureOf(layer), id: `f${i}` }));
    const page = renderStudyPage(sealRecord({ ...galleryBody, recordVersion: 1, figures }), bareTools);
    expect(page).toMatch(/Shown are [\d\s.×⁰¹²³⁴⁵⁶⁷⁸⁹]+ of 60000 points; the record file has all of them\./);
    // The program takes 0.3 MB of the page's 2.
    expect(Buffer.byteLength(page)).toBeLessThan(1_650_000);
  });
});
