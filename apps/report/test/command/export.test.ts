import { sealRecord, writeRecord, type MesoscopeRecord, type RecordBody } from "@mesoscope/contracts";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { csvCell, csvText } from "../../src/page/data/csv.js";
import { figureCsv } from "../../src/page/data/figure-csv.js";
import { galleryBody, galleryFigures, layerOf } from "../fixtures/records.js";
import { tell, temporaryFolder, type Told } from "../fixtures/world.js";

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => {
  folder.remove();
});

const small: RecordBody = { ...galleryBody, figures: galleryFigures.slice(0, 1) };
const at = (...parts: readonly string[]): string => join(folder.path, ...parts);
const text = (...parts: readonly string[]): string => readFileSync(at(...parts), "utf8");
const write = (body: RecordBody, name = "a.record.json"): MesoscopeRecord => {
  const record = sealRecord(body);
  writeFileSync(at(name), writeRecord(record));
  return record;
};
const exported = (...words: readonly string[]): Promise<Told> => tell(folder.path, ["export", ...words]);

/** Reads what RFC 4180 says, and nothing else. */
function parseCsv(csv: string): readonly (readonly string[])[] {
  const rows: string[][] = [[]];
  const field = /("(?:[^"]|"")*"|[^",\r\n]*)(,|\r\n)/y;
  while (field.lastIndex < csv.length) {
    const [, cell, end] = field.exec(csv)!;
    rows.at(-1)!.push(cell!.startsWith('"') ? cell!.slice(1, -1).replaceAll('""', '"') : cell!);
    if (end === "\r\n") rows.push([]);
  }
  return rows.slice(0, -1);
}

describe("CSV", () => {
  it("is that of RFC 4180", () => {
    expect(csvText(["a", 'b "c"', "d,e"], [[1, null, "two\nlines"], [-0.5, undefined, "ü"]])).toBe('a,"b ""c""","d,e"\r\n1,,"two\nlines"\r\n-0.5,,ü\r\n');
    for (const value of [0.1 + 0.2, 5e-324, -1.7976931348623157e308, 1e21]) expect(Number(csvCell(value))).toBe(value);
  });

  it.each(["=1+1", "=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "  =1", "\n=1", "＝1", "=1e5", "+", "-"])("defuses %j", (cell) => {
    expect(parseCsv(csvText([cell], []))[0]![0]).toBe(`'${cell}`);
  });

  it.each(["-5", "+3", "-1.5e-7", "−0.2", "a=b", "5-3", "γ₁", ""])("leaves %j as it is", (cell) => {
    expect(csvCell(cell)).toBe(cell);
  });

  it("shows what would hide", () => {
    expect(csvCell("\r=1")).toBe("\uFFFD=1");
    expect(csvCell("\0=1\u202E\uFEFF\uD800")).toBe("\uFFFD=1\uFFFD\uFFFD\uFFFD");
    expect(csvCell("x".repeat(10_000_000))).toBe(`${"x".repeat(1000)}… (9999000 more characters)`);
  });

  it("has every number of every role of the figure grammar", () => {
    for (const figure of galleryFigures) {
      const [head, ...rows] = parseCsv(figureCsv(figure));
      expect(head!.slice(0, 4)).toEqual(["panel", "layer", "role", "source"]);
      const cells = new Set(rows.flat());
      for (const number of JSON.stringify(figure.panels).match(/(?<=[[,])-?\d[\d.e+-]*/g)!) expect(cells).toContain(String(Number(number)));
      expect(rows.every((row) => row.length === head!.length)).toBe(true);
    }
    expect(parseCsv(figureCsv({ ...galleryFigures[0]!, panels: [{ title: "β = 1", layers: [layerOf.points, layerOf.mark] }] })).slice(0, 2)).toEqual([
      ["panel", "layer", "role", "source", "x", "y", "lower", "upper", "confidence"],
      ["β = 1", "SA", "points", "simulation", "256", ...[layerOf.points.y[0]!, layerOf.points.lower[0]!, layerOf.points.upper[0]!, 0.95].map(String)],
    ]);
  });
});

describe("mesoscope export", () => {
  it("writes figures and tables of a record into a folder of its name, and says which", async () => {
    const record = write(small);
    const told = await exported("a.record.json");
    const names = ["figure-departure.svg", "figure-departure.png", "figure-departure.csv", "figure-departure.json", "table-ratios.csv", "table-ratios.json"];
    expect(told).toEqual({ status: 0, stderr: "", stdout: names.map((name) => `${at("export", "gallery", name)}\n`).join("") });
    expect(readdirSync(at("export", "gallery")).sort()).toEqual(["export.json", ...names].sort());
    expect(text("export", "gallery", "figure-departure.svg")).toContain(record.hash);
    expect(JSON.parse(text("export", "gallery", "figure-departure.json"))).toEqual({ record: { id: "gallery", hash: record.hash }, figure: small.figures[0] });
    expect(JSON.parse(text("export", "gallery", "table-ratios.json"))).toMatchObject({ table: small.tables[0] });
    expect(text("export", "gallery", "table-ratios.csv")).toBe("n,ratio (no unit),note\r\n256,1.0321,below N*\r\n4096,1.000012345,\r\n");
  });

  it("takes a report or a folder, some formats, another place; --json tells all of it", async () => {
    mkdirSync(at("reports", "records"), { recursive: true });
    const record = write(small, join("reports", "records", "gallery.record.json"));
    const told = await exported("reports", "--out", "figures", "--format", "CSV, svg", "--json");
    expect(JSON.parse(told.stdout)).toEqual({ records: [{ id: "gallery", hash: record.hash, folder: at("figures", "gallery"), files: ["figure-departure.svg", "figure-departure.csv", "table-ratios.csv"] }], refused: [] });
    expect((await exported(join("reports", "records"), "--format", "json")).status).toBe(0);
    expect(readdirSync(at("export", "gallery"))).toEqual(["export.json", "figure-departure.json", "table-ratios.json"]);
  });

  it("writes over what it wrote, and keeps what anybody else did", async () => {
    write(small);
    await exported("a.record.json");
    write({ ...small, seed: "8" });
    expect((await exported("a.record.json")).status).toBe(0);
    expect((await exported("a.record.json")).status).toBe(0);
    writeFileSync(at("export", "gallery", "table-ratios.csv"), "precious");
    const before = text("export", "gallery", "figure-departure.svg");
    write(small);
    const told = await exported("a.record.json");
    expect(told.status).toBe(2);
    expect(told.stderr).toMatch(/export\/gallery\/table-ratios\.csv: Mesoscope did not write it .*Nothing was written\. Choose another folder/);
    expect(text("export", "gallery", "table-ratios.csv")).toBe("precious");
    expect(text("export", "gallery", "figure-departure.svg")).toBe(before);
  });

  it("goes on after an export that was cut short, and refuses a list that is not its own", async () => {
    write(small);
    await exported("a.record.json");
    // Killed after the list was told what is to come: the old bytes and those to come are both its own.
    const list = JSON.parse(text("export", "gallery", "export.json")) as { files: { name: string; sha256: string[] }[] };
    for (const file of list.files) file.sha256.push("0".repeat(64));
    writeFileSync(at("export", "gallery", "export.json"), JSON.stringify(list));
    rmSync(at("export", "gallery", "figure-departure.csv"));
    write({ ...small, seed: "8" });
    expect((await exported("a.record.json")).status).toBe(0);
    expect((JSON.parse(text("export", "gallery", "export.json")) as typeof list).files.every(({ sha256 }) => sha256.length === 1)).toBe(true);
    for (const foreign of ["{}", "not JSON", "null", '{"generator":"mesoscope export"}']) {
      writeFileSync(at("export", "gallery", "export.json"), foreign);
      expect((await exported("a.record.json")).stderr).toContain("export/gallery/export.json: it is no list of exported files");
    }
  });

  it("touches nothing outside of --out, through links neither", async () => {
    write(small);
    mkdirSync(at("elsewhere"));
    mkdirSync(at("out"));
    symlinkSync(at("elsewhere"), at("out", "gallery"));
    expect((await exported("a.record.json", "--out", "out")).stderr).toMatch(/gallery is a link to .*elsewhere: .*stays inside the output folder/);
    expect(readdirSync(at("elsewhere"))).toEqual([]);
    mkdirSync(at("two", "gallery"), { recursive: true });
    writeFileSync(at("victim"), "precious");
    symlinkSync(at("victim"), at("two", "gallery", "table-ratios.csv"));
    expect((await exported("a.record.json", "--out", "two")).status).toBe(2);
    expect(text("victim")).toBe("precious");
    for (const out of ["..", "a\0b", ""]) expect((await exported("a.record.json", "--out", out)).status).toBe(2);
  });

  it("refuses ids that are no names of files, and what is no record, and exports the rest", async () => {
    mkdirSync(at("many"));
    write({ ...small, id: "con" }, join("many", "a.record.json"));
    write(small, join("many", "b.record.json"));
    writeFileSync(at("many", "c.record.json"), writeRecord(sealRecord(small)).replace('"id":"departure"', '"id":"../../evil"'));
    const told = await exported("many");
    expect(told.status).toBe(2);
    expect(told.stderr).toMatch(/record id "con": an id names a file/);
    expect(told.stderr).toMatch(/c\.record\.json\.figures\[0\]\.id: lower-case letters/);
    expect(readdirSync(at("export"))).toEqual(["gallery"]);
    expect(existsSync(at("evil.svg"))).toBe(false);
  });

  it.each([
    [["gone.json"], /export gone\.json: it is neither a record nor a folder of records\. .*ENOENT/],
    [["."], /there is no \*\.record\.json in it/],
    [["a.record.json", "--format", "svg,postscript"], /--format "svg,postscript": "postscript" is no format that is written here\. There are svg, png, csv, json/],
    [["a.record.json", "--format", "cvs"], /Did you mean csv/],
  ])("explains itself: %j", async (words, message) => {
    if (words[0] !== ".") write(small);
    const told = await exported(...words);
    expect(told).toMatchObject({ status: 2, stdout: "" });
    expect(told.stderr).toMatch(message);
    expect(existsSync(at("export"))).toBe(false);
  });

  it("carries hostile names as text, and stays small", async () => {
    const evil = "</script><!--\u202E\0=cmd|' /C calc'!A0";
    const long = `=${"x".repeat(10_000_000)}`;
    const figure = galleryFigures[0]!;
    const layers = [{ ...layerOf.points, label: long }, { ...layerOf.curve, label: evil }];
    write({ ...small, title: evil, figures: [{ ...figure, title: evil, finding: evil, panels: [{ title: "=1+1", layers }] }], tables: [{ ...small.tables[0]!, columns: [{ id: "__proto__", title: "@x" }], rows: [["=2+3"], [-1]] }] });
    expect((await exported("a.record.json", "--format", "svg,csv")).status).toBe(0);
    const svg = text("export", "gallery", "figure-departure.svg");
    // eslint-disable-next-line no-control-regex -- control characters are what is looked for
    expect(svg).not.toMatch(/<script|<!--|[\u0000\u202E]/);
    const csv = text("export", "gallery", "figure-departure.csv");
    expect(csv.length).toBeLessThan(20_000);
    expect(parseCsv(csv)[1]!.slice(0, 2).map((cell) => cell.slice(0, 4))).toEqual(["'=1+", "'=xx"]);
    expect(text("export", "gallery", "table-ratios.csv")).toBe("'@x\r\n'=2+3\r\n-1\r\n");
  });

  it("is documented, with an example", async () => {
    const help = (await exported("--help")).stdout;
    expect(help).toContain("mesoscope export reports --out figures");
    expect(help).toContain("--format png --scale 4");
  });
});
