import { sealRecord, writeRecord, type RecordBody } from "@mesoscope/contracts";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { failureParagraph, InputError } from "../../src/failure.js";
import { readBounded } from "../../src/output/read-bounded.js";
import { escapeText } from "../../src/page/html.js";
import { forCell, forTerminal } from "../../src/words.js";
import { galleryBody, galleryFigures } from "../fixtures/records.js";
import { start, realCommand } from "../fixtures/process.js";
import { tell, temporaryFolder, type Told } from "../fixtures/world.js";

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => {
  folder.remove();
});
const at = (...parts: readonly string[]): string => join(folder.path, ...parts);
const write = (name: string, text: string): string => {
  writeFileSync(at(name), text);
  return name;
};

/** Control characters but line feeds and tabs, what turns the direction of writing around, and halves of letters. */
// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const deceptive = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;
const evil = "</script><!--\u2028\u2029\u202E\u2066\u061C\uFEFF\uD800\u001B]0;owned\u0007\r\0=cmd|' /C calc'!A0 javascript:alert(1) ../../etc/passwd";
const long = `${evil}${"x".repeat(10_000_000)}`;

/** A record whose every text is hostile. */
function hostile(text: string): RecordBody {
  const axis = { symbol: text, meaning: text, unit: text, scale: "linear" } as const;
  const figure = galleryFigures[0]!;
  return {
    ...galleryBody,
    title: text,
    question: text,
    narrative: { headline: text, paragraphs: [text] },
    seed: "7",
    parameters: [{ name: text, symbol: text, meaning: text, unit: text, value: text }, { name: "__proto__", symbol: "p", meaning: "p", unit: "1", value: 1 }],
    verdicts: galleryBody.verdicts.map((verdict) => ({ ...verdict, subject: text, rule: text, because: text })),
    tables: [{ id: "t", title: text, columns: [{ id: "constructor", title: text }], rows: [[text], [1]] }],
    figures: [{ ...figure, title: text, finding: text, x: axis, y: axis, panels: [{ title: text, layers: figure.panels[0]!.layers.map((layer) => ({ ...layer, label: text })) }] }],
    equations: [],
    outcomes: { ...galleryBody.outcomes, notes: [{ where: text, count: 1, message: text }] },
    reproduce: { command: text },
    versions: { mesoscope: text },
    references: [{ authors: text, title: text, year: 2024, identifier: "javascript:alert(1)" }],
  };
}

describe("a record full of hostile texts", () => {
  const commands: readonly (readonly string[])[] = [
    ["report", "a.record.json"],
    ["check", "a.record.json"],
    ["cite", "a.record.json"],
    ["cite", "a.record.json", "--bibtex"],
    ["diff", "a.record.json", "b.record.json"],
    ["export", "a.record.json"],
  ];

  const every = hostile(evil);
  const [verdict, figure, paper] = [every.verdicts[0]!, every.figures[0]!, every.references[0]!];
  const lengthy: RecordBody = {
    ...every,
    verdicts: [{ ...verdict, subject: long.slice(0, 100_000) }],
    figures: [{ ...figure, panels: [{ title: "", layers: [{ ...figure.panels[0]!.layers[1]!, label: long }] }] }],
    references: [{ ...paper, title: long.slice(0, 100_000) }],
  };

  it.each([["of some length", every], ["of 10 MB", lengthy]])("%s goes through every command as text that shows what it is", async (_, body) => {
    write("a.record.json", writeRecord(sealRecord(body)));
    write("b.record.json", writeRecord(sealRecord({ ...body, seed: "8", verdicts: [] })));
    for (const words of commands) {
      const told = await tell(folder.path, words);
      expect([words, told.status === 0 || (words[0] === "diff" && told.status === 3)]).toEqual([words, true]);
      for (const said of [told.stdout, told.stderr]) {
        expect(deceptive.exec(said)).toBeNull();
        expect(said.length).toBeLessThan(20_000);
      }
    }
    for (const place of [at("reports", "index.html"), ...readdirSync(at("export", "gallery")).filter((name) => /svg|csv$/.test(name)).map((name) => at("export", "gallery", name))]) {
      const content = readFileSync(place, "utf8");
      expect([place, deceptive.exec(content.replaceAll("\r\n", "\n"))]).toEqual([place, null]);
      if (!place.endsWith(".csv")) expect(content).not.toMatch(/<\/script><!--|href="javascript:/);
      expect(content.length).toBeLessThan(3_000_000);
    }
    expect(readdirSync(folder.path).sort()).toEqual(["a.record.json", "b.record.json", "export", "reports"]);
  });

  it("tells machines the whole text, in JSON that any reader takes", async () => {
    write("a.record.json", writeRecord(sealRecord(hostile(evil))));
    const told = await tell(folder.path, ["cite", "a.record.json", "--json"]);
    expect((JSON.parse(told.stdout) as { title: string }[])[1]!.title).toBe(evil);
  });
});

describe("names in study files", () => {
  it.each([
    ["a study", `study: ${JSON.stringify(evil)}`],
    ["a study of 900 kB", `study: ${"x".repeat(900_000)}`],
    ["a parameter", `study: coin-toss\nparameters: { ${JSON.stringify(evil)}: 1 }`],
    ["a parameter of 900 kB", `study: coin-toss\nparameters: { ${"x".repeat(900_000)}: .nan }`],
    ["a key", `study: coin-toss\n${JSON.stringify(evil)}: 1`],
    ["a pair", `pair: ${JSON.stringify(evil.replace("\0", ""))}`],
    ["prototypes", 'study: coin-toss\nparameters: { "__proto__": { p: 1 }, constructor: 1, toString: 2 }'],
    ["a value", `study: coin-toss\nparameters: { flow: ${JSON.stringify(evil)} }`],
    ["a list inside of itself", "study: coin-toss\nparameters: &p { n: [*p, *p] }"],
    ["a value that is its own", "&a [*a]"],
    ["lists by indentation", `study:\n${Array.from({ length: 300 }, (_, i) => `${" ".repeat(i)}- `).join("\n")}1`],
    ["a tag", "study: !!js/function 'process.exit(7)'"],
    ["bytes that are no text", "\uFFFD\u0001\u0002: ["],
  ])("%s: one clear paragraph", async (_, text) => {
    write("bad.yaml", text);
    for (const command of ["run", "check"]) {
      const told = await tell(folder.path, [command, "bad.yaml"]);
      const said = command === "run" ? told.stderr : told.stdout;
      expect([command, told.status]).toEqual([command, 2]);
      expect(deceptive.exec(said)).toBeNull();
      expect(said.length).toBeLessThan(3000);
      expect(said).not.toContain("fault of Mesoscope");
    }
    expect(existsSync(at("reports"))).toBe(false);
    expect(({} as { p?: unknown }).p).toBeUndefined();
  });
});

describe("depth and length of arguments", () => {
  const [lists, objects] = [`${"[".repeat(10_000)}${"]".repeat(10_000)}`, `${'{"a":'.repeat(10_000)}1${"}".repeat(10_000)}`];
  it.each([
    ["--set of lists", ["run", "coin-toss", "--set", `n=${lists}`]],
    ["--set of objects", ["run", "coin-toss", "--set", `n=${objects}`]],
    ["--set of one object", ["run", "coin-toss", "--set", `n={"a":"${"x".repeat(100_000)}"}`]],
    ["--set of a long text", ["run", "coin-toss", "--set", `flow=${"x".repeat(100_000)}`]],
    ["--set of a long name", ["run", "coin-toss", "--set", `${"x".repeat(100_000)}=1`]],
    ["--grid of lists", ["sweep", "plan", "coin-toss", "--grid", `n=${lists}`]],
    ["--grid of objects", ["sweep", "plan", "coin-toss", "--grid", `n=${objects}`]],
    ["compute with lists", ["compute", "growth-rate", `{"k":${lists}}`]],
    ["compute with objects", ["compute", "growth-rate", objects]],
    ["compute with a long text", ["compute", "growth-rate", `{"k":"${"x".repeat(1_000_000)}"}`]],
    ["a long option", ["run", `--${"x".repeat(100_000)}`]],
    ["a long command", ["x".repeat(100_000)]],
    ["a long level", ["run", "--level", "x".repeat(100_000)]],
    ["a long study", ["run", "x".repeat(100_000)]],
    ["a long quantity", ["compute", "x".repeat(100_000)]],
  ])("%s is refused in a paragraph", async (_, words) => {
    const told = await tell(folder.path, words);
    expect(told).toMatchObject({ status: 2, stdout: "" });
    expect(told.stderr.length).toBeLessThan(2000);
    expect(told.stderr).not.toContain("fault of Mesoscope");
    expect(readdirSync(folder.path)).toEqual([]);
  });
});

describe.skipIf(process.platform === "win32")("what is no file", () => {
  const within = (words: readonly string[], input?: string): Promise<Told> => start(realCommand, words, folder.path, undefined, input);

  it("a device without an end is read no further than a record may go", async () => {
    expect(await readBounded("/dev/zero", 1000)).toBeUndefined();
    expect(await readBounded("/dev/null", 1000)).toBe("");
    symlinkSync("/dev/zero", at("z.yaml"));
    expect((await tell(folder.path, ["run", "z.yaml"])).stderr).toBe("mesoscope: z.yaml: a study file has at most 1,000,000 bytes, and this has more. Is it a record? Then give it to `mesoscope report`.\n");
  });

  it("a file of just the size, and a byte more", async () => {
    const path = at(write("a.txt", "x".repeat(100)));
    expect(await readBounded(path, 100)).toHaveLength(100);
    expect(await readBounded(path, 99)).toBeUndefined();
  });

  it("a pipe that is named is read; one that lies in a folder is never waited for", async () => {
    mkdirSync(at("reports", "records"), { recursive: true });
    expect(spawnSync("mkfifo", [at("reports", "records", "a.record.json"), at("reports", "index.html")]).status).toBe(0);
    expect((await within(["report"])).stderr).toMatch(/index\.html exists: Mesoscope did not write it/);
    rmSync(at("reports", "index.html"));
    expect(await within(["report"])).toMatchObject({ status: 2, stderr: "not shown: records/a.record.json: it is no file, or a link that leads to none. Move it away.\n" });
    expect((await within(["export", "reports"])).stderr).toMatch(/records\/a\.record\.json: it is no file/);
    write("a.record.json", writeRecord(sealRecord({ ...galleryBody, figures: [] })));
    const piped = spawnSync("bash", ["-c", `"${process.execPath}" "${realCommand}" diff a.record.json <(cat a.record.json)`], { cwd: folder.path, encoding: "utf8" });
    expect([piped.status, piped.stdout]).toEqual([0, expect.stringMatching(/^the same record/)]);
  });

  it("a plan or a page of a study that is a pipe", async () => {
    mkdirSync(at("s", "sweep"), { recursive: true });
    mkdirSync(at("reports", "studies"), { recursive: true });
    mkdirSync(at("reports", "records"));
    expect(spawnSync("mkfifo", [at("s", "sweep", "manifest.json"), at("reports", "studies", "gallery.html"), at("reports", "studies", "old.html")]).status).toBe(0);
    expect((await within(["sweep", "status", "--out", "s"])).stderr).toMatch(/manifest\.json: it cannot be read \(ENOTFILE: it is no file\)\. Move it away\.\n$/);
    expect(await within(["check", "s"])).toMatchObject({ status: 2 });
    write(join("reports", "records", "gallery.record.json"), writeRecord(sealRecord({ ...galleryBody, figures: [] })));
    expect(await within(["report"])).toMatchObject({ status: 2, stderr: expect.stringContaining("studies/gallery.html exists in the output folder: Mesoscope did not write it") as string });
    expect(readdirSync(at("reports", "studies")).sort()).toEqual(["gallery.html", "old.html"]);
  });

  it("an input without an end", () => {
    const told = spawnSync("bash", ["-c", `"${process.execPath}" "${realCommand}" compute growth-rate < /dev/zero`], { cwd: folder.path, encoding: "utf8" });
    expect([told.status, told.stderr]).toEqual([2, "mesoscope: standard input: it has at most 16,000,000 bytes. Give one JSON object.\n"]);
  });
});

describe("names of files", () => {
  it.each(["../evil", "a/b", "a\\b", "/etc/x", "CON", "Gallery", "gallery.", "a b", "a\0b", "", "x".repeat(65), "__proto__", "."])("no record goes by the id %j", async (id) => {
    write("a.record.json", writeRecord(sealRecord({ ...galleryBody, figures: [] })).replace('"id":"gallery"', `"id":${JSON.stringify(id)}`));
    for (const command of ["report", "export"]) {
      const told = await tell(folder.path, [command, "a.record.json"]);
      expect([command, told.status]).toEqual([command, 2]);
      expect(told.stderr).toMatch(/lower-case letters|an id names a file|at most 64|hash|<=64/);
    }
    expect(existsSync(at("export"))).toBe(false);
    expect(readdirSync(at("reports", "records"))).toEqual([]);
  });

  it.each(["con", "aux", "nul", "com1", "lpt9"])("nor by the name of a device: %s", async (id) => {
    write("a.record.json", writeRecord(sealRecord({ ...galleryBody, id, figures: [] })));
    for (const command of ["report", "export"]) expect(await tell(folder.path, [command, "a.record.json"])).toMatchObject({ status: 2, stderr: expect.stringContaining("no name of a device") as string });
    expect(readdirSync(at("reports", "records"))).toEqual([]);
  });

  it("of two records of one id one is shown and exported, and the other is told", async () => {
    mkdirSync(at("many"));
    write(join("many", "b.record.json"), writeRecord(sealRecord({ ...galleryBody, figures: [] })));
    write(join("many", "a.record.json"), writeRecord(sealRecord({ ...galleryBody, figures: [], seed: "8" })));
    const told = await tell(folder.path, ["export", "many", "--format", "csv"]);
    expect(told).toMatchObject({ status: 2, stderr: "not exported: many/b.record.json has the id gallery: another record of this report has it too. Show them in two reports.\n" });
    expect(readdirSync(at("export"))).toEqual(["gallery"]);
  });
});

describe("one list of what deceives", () => {
  it("serves what is wrong with a command line, too", async () => {
    for (const words of [["run", `--x${evil}`], ["run", "--level", evil], [evil]]) {
      const told = await tell(folder.path, words);
      expect([told.status, told.stdout, deceptive.exec(told.stderr)]).toEqual([2, "", null]);
      expect(told.stderr).toMatch(/^mesoscope: /);
    }
  });

  it("serves page and terminal alike", () => {
    for (let code = 0; code <= 0xffff; code++) {
      const letter = String.fromCharCode(code);
      const [shown, page] = [forTerminal(letter), escapeText(letter)];
      expect([code, shown === "\uFFFD" || deceptive.exec(shown) === null]).toEqual([code, true]);
      if ((shown === "\uFFFD") !== (page === "\uFFFD")) expect.fail(`U+${code.toString(16)}`);
    }
    expect(forTerminal("a\tb\nc\u{1F600}")).toBe("a\tb\nc\u{1F600}");
    expect(forCell("x".repeat(1000))).toHaveLength(160);
  });

  it("of one fault there is one full stop, and a name has an end", () => {
    expect(failureParagraph(new TypeError("x is gone."))).toMatch(/^TypeError: x is gone\. This is a fault/);
    expect(failureParagraph(new TypeError("x is gone"))).toMatch(/^TypeError: x is gone\. This is a fault/);
    expect(new InputError({ what: "x".repeat(10_000), rule: "r", remedy: "Do." }).message).toBe(`${"x".repeat(400)}...: r. Do.`);
  });
});
