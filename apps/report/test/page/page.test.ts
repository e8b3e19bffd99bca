import { sealRecord, type RecordBody } from "@mesoscope/contracts";
import { describe, expect, it } from "vitest";
import { renderIndex } from "../../src/page/index-page.js";
import { tied } from "../../src/page/tied.js";
import { renderStudyPage } from "../../src/page/study-page.js";
import { hostileTexts, poisoned, poisonedRecord } from "../fixtures/poisoned.js";
import { gallery, galleryBody, layerOf } from "../fixtures/records.js";
import { bareTools, sha256Base64 } from "../fixtures/tools.js";

const page = renderStudyPage(gallery, bareTools);

describe("the page", () => {
  it("says the verdict first, then shows what it rests on, then how to make it again", () => {
    const order = [tied(gallery.narrative.headline), 'id="gallery--figures"', 'id="gallery--verdicts"', 'id="gallery--tables"', 'id="gallery--equations"', 'id="gallery--parameters"', 'id="gallery--outcomes"', 'id="gallery--reproduce"', 'id="gallery--references"'];
    const places = order.map((part) => page.lastIndexOf(part));
    expect(places.every((place) => place > 0)).toBe(true);
    expect([...places].sort((a, b) => a - b)).toEqual(places);
    for (const part of [gallery.hash, gallery.reproduce.command, gallery.seed, "mesoscope 0.0.0", "1 diverged", "1 censored", "arxiv.org/abs/2410.23228", "step too long"]) expect(page).toContain(part);
  });

  it("allows nothing but its own style sheet, whose hash is that of what stands there", () => {
    const style = /<style>([\s\S]*?)<\/style>/.exec(page)![1]!;
    const policy = /Content-Security-Policy" content="([^"]+)"/.exec(page)![1]!.replaceAll("&#39;", "'");
    expect(policy).toBe(`default-src 'none'; style-src 'sha256-${sha256Base64(style)}'; img-src data:; base-uri 'none'; form-action 'none'`);
    expect(/\sstyle=|<script(?! type="application\/json")|\son[a-z]+=|@import|url\(/.exec(page)?.[0]).toBeUndefined();
    expect([...page.matchAll(/(?:href|src)="([^"]+)"/g)].map((match) => match[1]!).filter((target) => !/^(#|data:,$|\.\.\/index\.html$|\.\.\/records\/|https:\/\/(arxiv|doi)\.org\/)/.test(target))).toEqual([]);
  });

  it("names every id once", () => {
    const ids = [...page.matchAll(/\sid="([^"]+)"/g)].map((match) => match[1]!);
    expect(ids.length).toBe(new Set(ids).size);
    const wanted = [...page.matchAll(/(?:aria-labelledby="|href="#)([^"]+)"/g)].map((match) => match[1]!);
    expect(wanted.filter((id) => !ids.includes(id))).toEqual([]);
  });

  it("is the same page for the same records", () => {
    expect(renderStudyPage(structuredClone(gallery), bareTools)).toBe(page);
    expect(renderIndex([structuredClone(gallery)], bareTools)).toBe(renderIndex([gallery], bareTools));
  });

  it("sets equations as MathML", () => {
    expect(page).toContain("<math xmlns");
    expect(page).toContain("<mfrac>");
  });

  it.each(hostileTexts)(
    "shows a record full of %j as text",
    (hostile) => {
      const record = poisonedRecord(hostile);
      const shown = renderStudyPage(record, bareTools) + renderIndex([record], bareTools, [{ file: hostile, message: hostile }]);
      // Quoted attribute values are taken out: what is left are tags, names of attributes and text.
      const bare = shown.replace(/<script type="application\/json" class="[a-z-]+">[^<>]*<\/script>/g, "").replace(/="[^"]*"/g, "=");
      expect(/<script|<img|<!--|<[a-z][^>]*\s(on[a-z]+|style)=/i.exec(bare)?.[0]).toBeUndefined();
      expect(/href="javascript|[\u2028\u2029\u202A-\u202E\u2066-\u2069]/i.exec(shown)?.[0]).toBeUndefined();
      expect(/[\uD800-\uDFFF]/u.exec(shown)?.[0]).toBeUndefined();
    },
  );

  it("cuts labels of ten megabytes, wherever they stand, and stays a page", () => {
    const long = "\u202E<b>long</b> ";
    const body = { ...(poisoned(galleryBody, long.repeat(10_000)) as RecordBody), recordVersion: 1 as const, id: "gallery", title: long.repeat(800_000) };
    const figures = body.figures.map((figure, i) => (i > 0 ? figure : { ...figure, panels: [{ title: long.repeat(800_000), layers: [{ ...layerOf.curve, label: long.repeat(800_000) }] }] }));
    const record = sealRecord({ ...body, figures });
    const start = performance.now();
    const shown = renderStudyPage(record, bareTools);
    const index = renderIndex([record], bareTools, [{ file: "x".repeat(1e7), message: "y".repeat(1e7) }]);
    expect(performance.now() - start).toBeLessThan(10_000);
    expect(Buffer.byteLength(shown)).toBeLessThan(3_000_000);
    expect(Buffer.byteLength(index)).toBeLessThan(200_000);
    expect(shown).not.toMatch(/\u202E|<b>/);
    expect(shown).toContain("more characters)");
  });

  it("shows the first rows of a table of many, and where the rest is", () => {
    const rows = Array.from({ length: 100_000 }, (_, i) => [i, i / 3, "x"]);
    const shown = renderStudyPage(sealRecord({ ...galleryBody, recordVersion: 1, tables: [{ ...galleryBody.tables[0]!, rows }] }), bareTools);
    expect(shown).toContain("99600 more rows are in the record file");
    expect(Buffer.byteLength(shown)).toBeLessThan(1_000_000);
  });

  it("says the first sentence of an answer on its card, and all of them on its page", () => {
    const record = sealRecord({ ...galleryBody, recordVersion: 1, narrative: { headline: "It holds from n = 1.5 on. Below it fails.", paragraphs: [] } });
    expect(renderIndex([record], bareTools)).toMatch(/<p class="headline">It holds from n.=.1\.5 on\.<\/p>/);
    expect(renderStudyPage(record, bareTools)).toContain('<p class="more">Below it fails.</p>');
  });

  it("tells of files that it could not show, and of having nothing", () => {
    expect(renderIndex([], bareTools)).toContain("No records yet");
    const shown = renderIndex([], bareTools, [{ file: "records/x.record.json", message: "its hash does not belong to its contents" }]);
    expect(shown).toContain("<code>records/x.record.json</code>: its hash does not belong to its contents");
  });

  it("costs little: below 400 kB for the gallery without its program, and it renders in about a second at most", () => {
    const start = performance.now();
    renderStudyPage(gallery, bareTools);
    expect(performance.now() - start).toBeLessThan(4000);
    expect(Buffer.byteLength(page)).toBeLessThan(400_000);
  });
});
