import { sealRecord, writeRecord } from "@mesoscope/contracts";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { galleryBody } from "../fixtures/records.js";
import { at } from "../fixtures/sweep.js";
import { examplePair, tell, temporaryFolder, type Told } from "../fixtures/world.js";

const folder = temporaryFolder();
afterAll(() => {
  folder.remove();
});
const write = (name: string, text: string): string => {
  writeFileSync(join(folder.path, name), text);
  return name;
};
const check = (...words: readonly string[]): Promise<Told> => tell(folder.path, ["check", ...words]);
write("c.yaml", "study: coin-toss\nlevel: quick\nseed: 7\nparameters: { p: 0.25 }\n");
const good = writeRecord(sealRecord({ ...galleryBody, figures: [] }));

describe("mesoscope check: records and study files", () => {
  it("says what is valid, and what it is", async () => {
    write("a.record.json", good);
    write("b.json", good);
    write("d.json", '{"study": "coin-toss"}');
    write("e.yaml", `pair: ${examplePair}\ndesign: { sizes: [16, 32] }\nparameters: { K: 0.5 }\n`);
    const told = await check("a.record.json", "b.json", "c.yaml", "d.json", "e.yaml");
    expect(told).toMatchObject({ status: 0, stderr: "" });
    expect(told.stdout.split("\n")).toEqual([
      'a.record.json: valid, record "gallery" of version 1, level quick, seed 20260101, its hash belongs to it',
      'b.json: valid, record "gallery" of version 1, level quick, seed 20260101, its hash belongs to it',
      "c.yaml: valid, study file: study coin-toss, level quick, seed 7",
      "d.json: valid, study file: study coin-toss, level default, seed 1",
      "e.yaml: valid, study file: pair curie-weiss, level default, seed 1",
      "",
    ]);
  });

  it("tells every fault of a study file with its line and column, in their order", async () => {
    write("bad.yaml", "# a comment\nstudy: coin-toss\nlevle: quick\nseed: \"\"\nparameters:\n  p: 2\n  replica: 5\n  n:\n    - 32\n    - -5\n  flow: XA\n");
    const told = await check("bad.yaml");
    expect(told.status).toBe(2);
    expect(told.stdout.trimEnd().split("\n")).toEqual([
      "bad.yaml: not valid, study file",
      'bad.yaml:3:1: "levle" is given: there is no such name here. Did you mean level?',
      'bad.yaml:4:1: seed = "": it must be 1 to 200 printable characters. Any number or word serves, for example --seed 7.',
      "bad.yaml:6:3: p = 2: it must be <= 1. Give p a value that does.",
      'bad.yaml:7:3: parameter "replica": coin-toss has no parameter of this name. Did you mean replicas?',
      "bad.yaml:10:7: n.1 = -5: it must be >= 1. Give n.1 a value that does.",
      'bad.yaml:11:3: flow = "XA": it must be one of "SA", "USA". Choose one of them.',
    ]);
  });

  it("as JSON for editors and scripts", async () => {
    write("one.json", '{\n  "study": "coin-tos"\n}');
    const told = await check("one.json", "c.yaml", "--json");
    expect(told.status).toBe(2);
    expect(JSON.parse(told.stdout)).toEqual([
      { file: "one.json", kind: "study file", valid: false, is: "study file", faults: [{ line: 2, column: 3, what: 'study = "coin-tos"', rule: "there is no study of this id", remedy: "Did you mean coin-toss?" }] },
      { file: "c.yaml", kind: "study file", valid: true, is: "study file: study coin-toss, level quick, seed 7", faults: [] },
    ]);
  });

  it.each([
    ["malformed YAML", "bad.yaml", "study: coin-toss\nparameters: [1, 2\nlevel: x", /bad\.yaml:3:\d+: the text: this is not YAML or JSON/],
    ["a key twice", "bad.yaml", "study: coin-toss\nseed: 1\nseed: 2", /bad\.yaml:3:1: .*unique/],
    ["a list", "bad.yaml", "- 1", /bad\.yaml: a study file is a list of names/],
    ["neither study nor pair", "bad.yaml", "level: quick", /bad\.yaml:1:1: the file names neither a study nor a pair/],
    ["both", "bad.yaml", "study: coin-toss\npair: ./x.mjs", /bad\.yaml:2:1: the file names a study and a pair/],
    ["a design of a study", "bad.yaml", "study: coin-toss\ndesign: { sizes: [1] }", /bad\.yaml:2:1: a design is given/],
    ["a design that is none", "bad.yaml", `pair: ${examplePair}\ndesign:\n  sizes: [0]`, /bad\.yaml:3:11: design\.sizes\.0 = 0: it must be >= 1/],
    ["a parameter that the pair has not", "bad.yaml", `pair: ${examplePair}\nparameters:\n  L: 1`, /bad\.yaml:3:3: parameter "L": curie-weiss has no/],
    ["a pair that is not there", "bad.yaml", "pair: ./gone.mjs", /bad\.yaml:1:1: \.\/gone\.mjs: it cannot be read \(ENOENT\)/],
    ["no number", "bad.yaml", "study: coin-toss\nparameters:\n  p: .nan", /bad\.yaml:3:3: parameters\.p = NaN: it must be a finite number/],
    ["a prototype", "bad.yaml", "study: coin-toss\n__proto__: 1", /bad\.yaml:2:1: "__proto__" is given/],
    ["an alias bomb", "bad.yaml", `a: &a [1,1,1,1,1,1,1,1,1,1]\n${"bcdefghi".split("").map((k, i) => `${k}: &${k} [${Array(10).fill(`*${"abcdefgh"[i]!}`).join(",")}]`).join("\n")}\nstudy: coin-toss`, /alias/i],
    ["a tower of lists", "bad.yaml", `study: ${"[".repeat(10_000)}${"]".repeat(10_000)}`, /bad\.yaml: it is nested more than 64 levels deep/],
    ["a tower of dashes", "bad.yaml", `study:\n${"- ".repeat(10_000)}1`, /bad\.yaml: it is nested more than 64 levels deep/],
    ["a record that was altered", "bad.record.json", good.replace('"year":2024', '"year":2023'), /its hash does not belong to its contents/],
    ["a record of the future", "bad.record.json", good.replace('"recordVersion":1', '"recordVersion":7'), /recordVersion is 7.*update this one/],
    ["a text", "bad.txt", "hello", /bad\.txt: it is neither a record/],
  ])("refuses %s, as `run` and `report` do", async (_, name, text, message) => {
    const told = await check(write(name, text));
    expect(told.stdout.slice(0, 2000)).toMatch(message);
    expect(told).toMatchObject({ status: 2, stderr: "" });
    const other = await tell(folder.path, [name.includes("record") ? "report" : "run", name, "--out", "other"]);
    expect(other.status).toBe(2);
  });

  it("refuses what is not there, and no file at all", async () => {
    expect((await check("gone.yaml")).stdout).toContain("gone.yaml: it cannot be read (ENOENT)");
    expect((await check("gone.record.json")).status).toBe(2);
    expect(await check()).toMatchObject({ status: 2, stdout: "", stderr: "mesoscope: check: it needs a file. Give a record, a study file or the folder of a sweep.\n" });
  });
});

describe("mesoscope check: sweeps", () => {
  const out = join(folder.path, "sweep-1");
  beforeAll(async () => {
    expect((await tell(folder.path, ["sweep", "plan", "coin-toss", "--level", "quick", "--out", "sweep-1"])).status).toBe(0);
  });

  it("says whether it can be resumed", async () => {
    const told = await check("sweep-1", "--json");
    expect(JSON.parse(told.stdout)).toEqual([{ file: "sweep-1", kind: "sweep", valid: true, version: 1, is: "sweep of version 1, 1 record, 0 of 6 cells done", resumable: true, faults: [] }]);
    expect(told.status).toBe(0);
    expect((await check("sweep-1")).stdout).toBe("sweep-1: valid, sweep of version 1, 1 record, 0 of 6 cells done; it can be resumed here\n");
  });

  it("says why not: the study is unknown to another catalogue, and `resume` agrees", async () => {
    const catalogue = new URL("../../dist/composition.js", import.meta.url).href;
    const told = await tell(folder.path, ["check", "sweep-1"], { catalogue });
    expect(told.stdout).toContain('it cannot be resumed here\nsweep-1: study "coin-toss": this Mesoscope has none of this name.');
    expect(told.status).toBe(0);
    expect((await tell(folder.path, ["sweep", "resume", "--out", "sweep-1"], { catalogue })).status).toBe(2);
  });

  it("refuses a plan that was altered, and a folder without one", async () => {
    const sound = readFileSync(at(out, "manifest.json"), "utf8");
    writeFileSync(at(out, "manifest.json"), sound.replace("coin-toss", "coin-tosz"));
    expect(await check("sweep-1")).toMatchObject({ status: 2, stdout: expect.stringContaining("sweep-1: not valid, sweep\nsweep-1: sweep-1: the plan cannot be read") as string });
    writeFileSync(at(out, "manifest.json"), sound);
    expect((await check(".")).stdout).toContain("there is no sweep in this folder");
  });
});
