import { describe, expect, it } from "vitest";
import { seriesColours } from "../../src/page/figure/standalone-style.js";
import { renderStandalone } from "../../src/page/figure/standalone.js";
import { studySheet } from "../../src/page/style/sheet.js";
import { galleryFigures, layerOf } from "../fixtures/records.js";

const count = (text: string, part: RegExp): number => [...text.matchAll(part)].length;

/** Whether tags nest and characters are those of XML: what a strict reader would refuse. */
function faultOf(svg: string): string | undefined {
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  const bad = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]|&(?!#?\w+;)/.exec(svg);
  if (bad !== null) return `character at ${bad.index}`;
  const open: string[] = [];
  for (const [, close, name, , empty] of svg.matchAll(/<(\/?)([a-z]+)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>/gi)) {
    if (close === "/") {
      if (open.pop() !== name) return `</${name}>`;
    } else if (empty === "") open.push(name!);
  }
  const stray = svg.replace(/^<\?xml[^>]*\?>/, "").replace(/<\/?[a-z]+(?:\s+[\w:-]+="[^"<]*")*\s*\/?>/gi, "");
  return stray.includes("<") ? `stray < at ${stray.indexOf("<")}` : open[0];
}

describe("a figure that stands by itself", () => {
  it.each(galleryFigures.map((figure) => [figure.id, figure] as const))("%s has title, description, size, white ground and its own style", (_, figure) => {
    const svg = renderStandalone(figure, "From somewhere.");
    expect(faultOf(svg)).toBeUndefined();
    expect(svg).toMatch(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" width="\d+" height="\d+" viewBox="0 0 \d+ \d+"/);
    expect(svg).toContain(`<title id="title">${figure.title}</title>`);
    expect(svg).toContain(`<desc id="desc">${figure.finding} Across: `);
    expect(svg).toContain("From somewhere.</desc>");
    expect(svg).toMatch(/<rect width="\d+" height="\d+" fill="#ffffff"\/>/);
    expect(svg).not.toMatch(/var\(|@media|@import|url\(|href|NaN|Infinity|undefined|<script|foreignObject/);
    expect(svg).toBe(renderStandalone(structuredClone(figure), "From somewhere."));
  });

  it("has the colours of the light page", () => {
    const light = /:root \{[\s\S]*?\}/.exec(studySheet)![0];
    seriesColours.forEach((colour, k) => {
      expect(light).toContain(`--s${k}: ${colour}`);
    });
    expect(seriesColours).toHaveLength(8);
  });

  it("keeps every class that drawings use in its style", () => {
    const used = new Set(galleryFigures.flatMap((figure) => [...renderStandalone(figure, "").matchAll(/class="([^"]+)"/g)].flatMap((match) => match[1]!.split(" "))));
    const svg = renderStandalone(galleryFigures[0]!, "");
    const unstyled = [...used].filter((name) => !["theory", "simulation"].includes(name) && !svg.includes(`.${name}`));
    expect(unstyled).toEqual([]);
  });

  it("has no room for what would leave it, and escapes what it is told", () => {
    const hostile = '</text></svg><script>alert("x")</script>\u202E\0\uFFFF\uD800]]>&bogus; ' + "y".repeat(10_000_000);
    const axis = { symbol: hostile, meaning: hostile, unit: hostile, scale: "linear" } as const;
    const layers = [{ ...layerOf.curve, label: hostile }, { ...layerOf["heat-map"], label: hostile, colour: axis }, { ...layerOf.mark, label: hostile }];
    const svg = renderStandalone({ id: "f", title: hostile, finding: hostile, x: axis, y: axis, panels: [{ title: hostile, layers }, { title: "", layers: [] }] }, hostile.slice(0, 200));
    expect(faultOf(svg)).toBeUndefined();
    expect(svg).not.toContain("<script");
    expect(count(svg, /<svg/g)).toBe(count(svg, /<\/svg>/g));
    expect(svg.length).toBeLessThan(200_000);
  });

  it("draws as many panels as there are, in rows", () => {
    const panels = Array.from({ length: 7 }, (_, i) => ({ title: `panel ${i}`, layers: [layerOf.curve] }));
    const svg = renderStandalone({ ...galleryFigures[0]!, panels }, "");
    expect(count(svg, /class="plot"/g)).toBe(7);
    expect(svg).toContain('width="1168"');
    expect(count(renderStandalone({ ...galleryFigures[0]!, panels: [{ title: "", layers: [] }] }, ""), /class="plot"/g)).toBe(1);
  });
});
