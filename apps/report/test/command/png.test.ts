import { sealRecord, writeRecord, type RecordBody } from "@mesoscope/contracts";
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { inflateSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pngPainter, type Painter } from "../../src/command/export/png.js";
import { seriesColours } from "../../src/page/figure/standalone-style.js";
import { renderStandalone } from "../../src/page/figure/standalone.js";
import { galleryBody, galleryFigures } from "../fixtures/records.js";
import { tell, temporaryFolder } from "../fixtures/world.js";

interface Picture {
  readonly width: number;
  readonly height: number;
  readonly chunks: ReadonlyMap<string, Buffer>;
  /** How many pixels have a colour, "#rrggbb". */
  readonly count: (colour: string) => number;
}

/** Reads a PNG of 8-bit RGBA without interlace, and nothing else. */
function readPng(png: Uint8Array): Picture {
  const bytes = Buffer.from(png);
  expect(bytes.subarray(0, 8)).toEqual(Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]));
  const chunks = new Map<string, Buffer>();
  for (let at = 8; at < bytes.length; at += 12 + bytes.readUInt32BE(at)) {
    const type = bytes.toString("latin1", at + 4, at + 8);
    chunks.set(type, Buffer.concat([chunks.get(type) ?? Buffer.alloc(0), bytes.subarray(at + 8, at + 8 + bytes.readUInt32BE(at))]));
  }
  const head = chunks.get("IHDR")!;
  const [width, height] = [head.readUInt32BE(0), head.readUInt32BE(4)];
  expect([...head.subarray(8)]).toEqual([8, 6, 0, 0, 0]);
  const raw = inflateSync(chunks.get("IDAT")!);
  const row = 4 * width;
  const colours = new Map<number, number>();
  let before = new Uint8Array(row);
  for (let y = 0; y < height; y++) {
    const line = raw.subarray(y * (row + 1), (y + 1) * (row + 1));
    const now = new Uint8Array(row);
    for (let i = 0; i < row; i++) {
      const [left, up, corner] = [i < 4 ? 0 : now[i - 4]!, before[i]!, i < 4 ? 0 : before[i - 4]!];
      now[i] = line[i + 1]! + predicted(line[0]!, left, up, corner);
    }
    for (let i = 0; i < row; i += 4) {
      const colour = (now[i]! << 16) | (now[i + 1]! << 8) | now[i + 2]!;
      colours.set(colour, (colours.get(colour) ?? 0) + 1);
    }
    before = now;
  }
  return { width, height, chunks, count: (colour) => colours.get(Number.parseInt(colour.slice(1), 16)) ?? 0 };
}

function predicted(filter: number, left: number, up: number, corner: number): number {
  if (filter < 4) return [0, left, up, Math.floor((left + up) / 2)][filter]!;
  const guess = left + up - corner;
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  return a <= b && a <= c ? left : b <= c ? up : corner;
}

let paint: Painter;
let paintSmall: Painter;
beforeAll(async () => {
  paint = await pngPainter(2);
  paintSmall = await pngPainter(1);
});
const text = (letters: string): string => `<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="40" height="20" fill="#ffffff"/><text x="2" y="15" font-family="sans-serif" font-size="14">${letters}</text></svg>`;

describe("a drawing as PNG", () => {
  it.each(galleryFigures.map((figure) => [figure.id, figure] as const))("%s has the size of its SVG, on white, and the colours of its series", (_, figure) => {
    const svg = renderStandalone(figure, "From somewhere.");
    const [, width, height] = /width="(\d+)" height="(\d+)"/.exec(svg)!.map(Number);
    const picture = readPng(paintSmall(svg, "it", "From somewhere."));
    expect([picture.width, picture.height]).toEqual([width!, height!]);
    expect(picture.count("#ffffff")).toBeGreaterThan((picture.width * picture.height) / 4);
    // Symbols, not only lines and the key: a symbol is dozens of pixels.
    if (figure.panels[0]!.layers.some(({ role }) => role === "points")) expect(picture.count(seriesColours[0])).toBeGreaterThan(400);
  });

  it("paints symbols in the colour of their series, not of the ink", () => {
    const bare = { ...galleryFigures[0]!, panels: [{ title: "", layers: galleryFigures[0]!.panels[0]!.layers.filter(({ role }) => role === "points") }] };
    const drawn = renderStandalone(bare, "");
    const own = readPng(paintSmall(drawn, "it", "")).count(seriesColours[0]);
    // The variant that must be caught: without the rule, symbols are black here.
    const black = readPng(paintSmall(drawn.replace(".dot, .bars { fill: currentColor; }", ""), "it", "")).count(seriesColours[0]);
    expect(own).toBeGreaterThan(2 * black);
  });

  it("has the same bytes twice, and on every machine", async () => {
    const svg = renderStandalone(galleryFigures[0]!, "");
    expect(paint(svg, "it", "x")).toEqual((await pngPainter(2))(svg, "it", "x"));
    // Of one renderer and one font: another version of either changes it, and a changeset says so.
    expect(createHash("sha256").update(paint(text("γₖ 12"), "it", "x")).digest("hex")).toBe("ecd51b453ca83082061dfa168ad241c9aae1c9e14adcb1f97ac2f8aaf5ef6a9c");
  });

  it("has letters for what figures write", () => {
    const missing = paint(text("\u{1F600}"), "it", "");
    for (const letter of "γₖθβρ∞≤≥×²₁−…√⟨⟩ħμĀ") expect(paint(text(letter), letter, ""), letter).not.toEqual(missing);
  });

  it("says how large it is, and where it comes from", () => {
    const { chunks } = readPng(paint(text("a"), "it", "Mesoscope, record a, 00ff."));
    expect(chunks.get("tEXt")!.toString("latin1")).toBe("Source\0Mesoscope, record a, 00ff.");
    // 192 pixels an inch.
    expect(chunks.get("pHYs")!.toString("hex")).toBe(`${(7559).toString(16).padStart(8, "0").repeat(2)}01`);
  });

  it("refuses what would fill the memory, and what is no drawing", () => {
    expect(() => paint(text("a").replace('width="40"', 'width="20000000"'), "a/figure-b.png", "")).toThrow("a/figure-b.png has 1,600,000,000 pixels: a PNG has at most 64,000,000. Give a smaller --scale");
    expect(() => paint("<svg", "a/figure-b.png", "")).toThrow(/^a\/figure-b\.png: the drawing cannot be painted \(.+\)\. Leave png out of --format/);
  });
});

describe("mesoscope export --format png", () => {
  const folder = temporaryFolder();
  afterAll(() => {
    folder.remove();
  });
  const small: RecordBody = { ...galleryBody, figures: galleryFigures.slice(0, 1), tables: [] };
  const write = (body: RecordBody): void => {
    writeFileSync(join(folder.path, "a.record.json"), writeRecord(sealRecord(body)));
  };
  const png = (): Buffer => readFileSync(join(folder.path, "export", "gallery", "figure-departure.png"));

  it("writes it alone or beside the others, over its own only, in the scale that is asked for", async () => {
    write(small);
    const told = await tell(folder.path, ["export", "a.record.json", "--format", "png"]);
    expect(told).toEqual({ status: 0, stderr: "", stdout: `${join(folder.path, "export", "gallery", "figure-departure.png")}\n` });
    const { width } = readPng(png());
    expect((await tell(folder.path, ["export", "a.record.json", "--scale", ".5"])).stdout.split("\n")).toHaveLength(5);
    expect(readPng(png()).width).toBe(width / 4);
  });

  it.each(["0", "-1", "1e1", "11", "NaN", "Infinity", "", "two"])("refuses --scale %j", async (scale) => {
    write(small);
    const told = await tell(folder.path, ["export", "a.record.json", `--scale=${scale}`, "--out", "none"]);
    expect(told).toMatchObject({ status: 2, stdout: "" });
    expect(told.stderr).toMatch(/--scale .*it must be a number from 0\.1 to 10\. 2 is for screens/);
  });

  it("carries hostile texts as letters", async () => {
    const evil = `</text><script>&amp;\u202E\0\u2028\uD800<image href="file:///etc/passwd"/>`;
    const figure = galleryFigures[0]!;
    write({ ...small, figures: [{ ...figure, title: evil, finding: evil, panels: figure.panels.map(({ layers }) => ({ title: evil, layers: layers.map((layer) => ({ ...layer, label: evil.repeat(50) })) })) }] });
    expect((await tell(folder.path, ["export", "a.record.json", "--format", "png"])).status).toBe(0);
    expect(readPng(png()).count("#ffffff")).toBeGreaterThan(1000);
  });
});
