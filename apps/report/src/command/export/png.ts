/** @file Drawings as pixels, without a browser: one renderer compiled to WebAssembly and one font, so that every machine makes the same bytes. */
import { initWasm, Resvg } from "@resvg/resvg-wasm";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { crc32 } from "node:zlib";
import { InputError } from "../../failure.js";

/** Paints an SVG document as PNG; `name` is how messages call it, `source` is written into the file. */
export type Painter = (svg: string, name: string, source: string) => Uint8Array;

/** A drawing of the default scale has about three million pixels. */
const mostPixels = 64_000_000;
const fontFiles = ["DejaVuSans.ttf", "DejaVuSans-Bold.ttf"];
/** Of the unit of an SVG: 96 of them are an inch. */
const unitsPerMetre = 96 / 0.0254;

/**
 * Loads renderer and font.
 * @param scale pixels for one unit of the SVG
 * @throws InputError of the painter: a drawing has more than 64 million pixels at this scale, or more elements than the renderer takes
 */
export async function pngPainter(scale: number): Promise<Painter> {
  const fontBuffers = await (loaded ??= load());
  const options = { fitTo: { mode: "zoom", value: scale }, font: { fontBuffers, defaultFontFamily: "DejaVu Sans", sansSerifFamily: "DejaVu Sans" } } as const;
  return (svg, name, source) => {
    const drawing = read(svg, name, options);
    try {
      const pixels = Math.ceil(drawing.width * scale) * Math.ceil(drawing.height * scale);
      if (pixels > mostPixels) {
        throw new InputError({ what: `${name} has ${pixels.toLocaleString("en")} pixels`, rule: `a PNG has at most ${mostPixels.toLocaleString("en")}`, remedy: "Give a smaller --scale, or leave png out of --format." });
      }
      const image = drawing.render();
      try {
        return described(image.asPng(), scale, source);
      } finally {
        image.free();
      }
    } finally {
      drawing.free();
    }
  };
}

/** The renderer starts once in a process. */
let loaded: Promise<Uint8Array[]> | undefined;

async function load(): Promise<Uint8Array[]> {
  const require = createRequire(import.meta.url);
  await initWasm(await readFile(require.resolve("@resvg/resvg-wasm/index_bg.wasm")));
  return Promise.all(fontFiles.map((file) => readFile(require.resolve(`dejavu-fonts-ttf/ttf/${file}`))));
}

type Drawing = InstanceType<typeof Resvg>;

function read(svg: string, name: string, options: ConstructorParameters<typeof Resvg>[1]): Drawing {
  try {
    return new Resvg(svg, options);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new InputError({ what: name, rule: `the drawing cannot be painted (${why})`, remedy: "Leave png out of --format; the SVG has all of it." });
  }
}

/** Puts in before the first data: how large a pixel is, so that a document shows the drawing in the size of its SVG, and where it comes from. */
function described(png: Uint8Array, scale: number, source: string): Uint8Array {
  // Eight bytes of signature, then the header of 25.
  const at = 33;
  const density = new DataView(new ArrayBuffer(9));
  density.setUint32(0, Math.round(unitsPerMetre * scale));
  density.setUint32(4, Math.round(unitsPerMetre * scale));
  density.setUint8(8, 1);
  return Buffer.concat([png.subarray(0, at), chunk("pHYs", new Uint8Array(density.buffer)), chunk("tEXt", Buffer.from(`Source\0${source}`, "latin1")), png.subarray(at)]);
}

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(data.length, 0);
  ends.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
}
