import type { Figure, Layer } from "@mesoscope/contracts";
import { describe, expect, it } from "vitest";
import { renderFigure } from "../../src/page/figure/figure.js";
import { departure, galleryFigures, layerOf, tokens } from "../fixtures/records.js";

const drawn = (...layers: readonly Layer[]): string => render({ id: "f", title: "Title", finding: "Finding.", x: tokens, y: departure, panels: [{ title: "", layers }] });
const render = (figure: Figure): string => renderFigure(figure, "study").toString();
const firstDrawing = (markup: string): string => /<svg[^>]*role="img"[\s\S]*?<\/svg>/.exec(markup)?.[0] ?? "";
const count = (text: string, part: RegExp): number => [...text.matchAll(part)].length;

describe("a figure", () => {
  it.each(galleryFigures.map((figure) => [figure.id, figure] as const))("%s has title, key, named axes, finding and numbers, and no inline style", (_, figure) => {
    const markup = render(figure);
    expect(markup).toContain(`aria-labelledby="study-${figure.id}-title"`);
    expect(markup).toContain(`<figcaption>${figure.finding}</figcaption>`);
    expect(markup).toContain("<details");
    expect(markup).toContain(`${figure.x.symbol}: ${figure.x.meaning} (${figure.x.unit === "1" ? "no unit" : figure.x.unit})`);
    expect(markup).not.toMatch(/\sstyle=|<style|<script(?! type="application\/json")|NaN|undefined/);
    for (const [drawing] of markup.matchAll(/<svg[^>]*role="img"[^>]*>/g)) expect(drawing).toMatch(/aria-description="Across: [^"]+Up: [^"]+" aria-label="[^"]+"/);
  });

  it("is a pure function of the record", () => {
    for (const figure of galleryFigures) expect(render(figure)).toBe(render(structuredClone(figure)));
  });

  it("draws theory as a line, simulation as points with whiskers, prediction as a filled band", () => {
    const drawing = firstDrawing(drawn(layerOf.curve, layerOf.points, layerOf.band));
    expect(drawing).toMatch(/<g class="s0 line theory"[^>]*><path/);
    expect(count(drawing, /<g class="s0 whisker simulation"/g)).toBe(1);
    const dots = /<g class="s0 dot simulation"[^>]*>(.*?)<\/g>/.exec(drawing)?.[1] ?? "";
    expect(count(dots, /<circle/g)).toBe(layerOf.points.x.length);
    expect(drawing.indexOf('class="s0 band theory"')).toBeLessThan(drawing.indexOf('class="s0 line theory"'));
    expect(drawing.indexOf('class="s0 line theory"')).toBeLessThan(drawing.indexOf('class="s0 dot simulation"'));
    expect(drawing).toContain('class="s0 tint"');
  });

  it("gives layers of one label one look, and of different labels different symbols too", () => {
    const two = drawn(layerOf.curve, layerOf.points, { ...layerOf.points, label: "USA" });
    expect(two).toContain('class="s0 line theory"');
    expect(two).toContain('class="s0 dot simulation"');
    expect(two).toContain('class="s1 dot simulation"');
    const shapes = [...two.matchAll(/class="s(\d) dot simulation" d="([^"]+)"/g)].map((match) => match[2]);
    expect(new Set(shapes).size).toBe(2);
  });

  it("leaves out what has no place on a logarithmic axis, and keeps it in the numbers", () => {
    const y = { ...departure, scale: "log" as const };
    const markup = render({ ...galleryFigures[0]!, x: tokens, y, panels: [{ title: "", layers: [{ ...layerOf.points, y: [0, 1, 2, 3, 4], lower: [-1, 0, 1, 2, 3], upper: [1, 2, 3, 4, 5] }] }] });
    expect(firstDrawing(markup)).not.toMatch(/NaN|Infinity/);
    const dots = /<g class="s0 dot simulation"[^>]*>(.*?)<\/g>/.exec(firstDrawing(markup))?.[1] ?? "";
    expect(count(dots, /<circle/g)).toBe(4);
    expect(markup).toContain('<td class="number">−1</td>');
  });

  it("labels doublings by doublings, whatever is marked between them", () => {
    const drawing = firstDrawing(drawn(layerOf.curve, layerOf.mark));
    for (const n of [256, 512, 1024, 2048, 4096]) expect(drawing).toContain(`>${n}</text>`);
    expect(drawing).toContain(">N* = 610</text>");
  });

  it("labels every tick that it draws, on logarithmic axes too", () => {
    const sizes = [32, 64, 128, 256, 512];
    const y = { ...departure, scale: "log" as const };
    for (const values of [[0.11, 4, 90, 5, 1], [1e-9, 1e-3, 1, 1e3, 1e6], [2, 2.1, 2.2, 2.3, 2.4]]) {
      const markup = render({ ...galleryFigures[0]!, x: tokens, y, panels: [{ title: "", layers: [{ ...layerOf.curve, x: sizes, y: values, error: [] }] }] });
      expect(markup).not.toMatch(/<text[^>]*><\/text>/);
      expect(markup).toContain(">64</text>");
    }
  });

  it("shows a line of one point", () => {
    expect(firstDrawing(drawn({ ...layerOf.curve, x: [128], y: [1], error: [0] }))).toMatch(/class="s0 line theory"[^>]*><path[^>]* d="M\d+/);
  });

  it("mentions a numerical error only where it could be seen", () => {
    expect(drawn(layerOf.curve)).toContain("tint: its numerical error");
    expect(drawn({ ...layerOf.curve, error: layerOf.curve.y.map(() => 1e-15) })).not.toContain("tint");
  });

  it("draws paths of any length whole: only text that is read is cut", () => {
    const side = Array.from({ length: 120 }, (_, i) => i);
    const map = { ...layerOf["heat-map"], x: side, y: side, values: side.flatMap((i) => side.map((j) => ((i * 7 + j * 3) % 8) + 1)) };
    const paths = [...drawn(map).matchAll(/ d="([^"]*)"/g)].map(([, d]) => d!);
    expect(Math.max(...paths.map((d) => d.length))).toBeGreaterThan(5000);
    for (const d of paths) expect(d).toMatch(/^[MLHVZCAhvlz\d.,\s-]*$/);
  });

  it("joins equal neighbours of a map into few paths, and shows its colour scale", () => {
    const flat = { ...layerOf["heat-map"], values: layerOf["heat-map"].values.map(() => 1) };
    const markup = drawn(flat);
    expect(markup).toContain("ρ: density of tokens (1/rad)");
    expect(count(/<g shape-rendering[\s\S]*?<\/g>/.exec(firstDrawing(markup))?.[0] ?? "", /<path/g)).toBe(1);
    const varied = firstDrawing(drawn(layerOf["heat-map"]));
    expect(count(varied, /fill="(rgb|#)/g)).toBeLessThanOrEqual(48);
  });

  it("shows what moves as stills, the first and the last time among them", () => {
    const markup = drawn(layerOf.frames);
    expect(count(markup, /class="panel-title"/g)).toBe(6);
    expect(markup).toContain(">time 0<");
    expect(markup).toContain(">time 4<");
  });

  it("draws an empty layer as an empty drawing", () => {
    const empty = drawn({ ...layerOf.curve, x: [], y: [], error: [] }, { ...layerOf.points, x: [], y: [], lower: [], upper: [] }, { ...layerOf["heat-map"], x: [], y: [], values: [] });
    expect(firstDrawing(empty)).not.toMatch(/NaN|Infinity/);
    expect(empty).toContain("no values");
  });

  it("escapes what it is told, in the drawing too", () => {
    const hostile = '</text></svg><script>alert("x")</script>';
    const markup = render({
      id: "f", title: hostile, finding: hostile,
      x: { symbol: hostile, meaning: hostile, unit: hostile, scale: "linear" },
      y: { symbol: hostile, meaning: hostile, unit: hostile, scale: "linear" },
      panels: [{ title: hostile, layers: [{ ...layerOf.curve, label: hostile }, { ...layerOf.mark, label: hostile }] }],
    });
    expect(markup).not.toMatch(/<script(?! type="application\/json")|alert\("x"\)<\/script>/);
    expect(count(markup, /<svg/g)).toBe(count(markup, /<\/svg>/g));
  });

  it("stops at 400 rows of numbers, and says where the others are", () => {
    const many = Array.from({ length: 1000 }, (_, i) => i + 1);
    expect(drawn({ ...layerOf.curve, x: many, y: many, error: [] })).toContain("600 more rows are in the record file");
  });
});
