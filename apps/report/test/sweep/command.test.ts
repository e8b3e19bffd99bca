import { readRecord } from "@mesoscope/contracts";
import { copyFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { at, cellsOf, complaintsAbout, manifestOf, plannedIds, recordOf } from "../fixtures/sweep.js";
import { examplePair, tell, temporaryFolder, type Told } from "../fixtures/world.js";

const folder = temporaryFolder();
afterAll(() => {
  folder.remove();
});
const sweep = (...words: readonly string[]): Promise<Told> => tell(folder.path, ["sweep", ...words]);
const inside = (...way: readonly string[]): string => join(folder.path, ...way);
const coin = ["coin-toss", "--level", "quick", "--workers", "1"] as const;

describe("mesoscope sweep", () => {
  it("makes the record that `run` makes, for 1, 2 and 4 workers, of bundled pairs and a stranger's", async () => {
    const studies = ["coin-toss", examplePair] as const;
    const few = ["--level", "quick", "--set", "sizes=32,64,128", "--set", "replicas=32"] as const;
    await tell(folder.path, ["run", ...studies, ...few, "--workers", "1", "--out", "plain"]);
    for (const workers of ["1", "2", "4"]) {
      const told = await sweep("run", ...studies, ...few, "--workers", workers, "--out", `w${workers}`);
      expect(told).toMatchObject({ status: 0 });
      for (const id of ["coin-toss", "curie-weiss"]) expect(recordOf(inside(`w${workers}`), id)).toBe(recordOf(inside("plain"), id));
      expect(readFileSync(inside(`w${workers}`, "index.html"), "utf8")).toBe(readFileSync(inside("plain", "index.html"), "utf8"));
      expect(complaintsAbout(inside(`w${workers}`))).toEqual([]);
    }
    const bytes = (out: string, id: string): Buffer => readFileSync(at(inside(out), "cells", id.slice(0, 2), `${id}.cell`));
    for (const id of plannedIds(inside("w1"))) expect(bytes("w4", id).equals(bytes("w1", id))).toBe(true);
  });

  it("plans and prices without writing anything in a dry run, then writes the plan, which resume runs", async () => {
    for (const words of [["plan", ...coin, "--dry-run"], ["run", ...coin, "--dry-run"]]) {
      const dry = await sweep(...words, "--out", "planned");
      expect(dry.stdout).toMatch(/^coin-toss: 6 cells\nto run: 6 cells, 48 replicas; (?:about|less than) .* of processor time, .* with 1 worker, .* on disk\n$/);
      expect(dry.status).toBe(0);
    }
    expect(existsSync(inside("planned"))).toBe(false);
    const told = await sweep("plan", ...coin, "--out", "planned", "--json");
    const plan = JSON.parse(told.stdout) as { plan: string; estimate: { cells: number; cpuSeconds: number; bytes: number } };
    expect(plan).toMatchObject({ plan: manifestOf(inside("planned")).hash, jobs: [{ id: "coin-toss", cells: 6 }], estimate: { cells: 6, replicas: 48 } });
    expect(plan.estimate.cpuSeconds).toBeGreaterThan(0);
    expect(plan.estimate.bytes).toBe(6 * (4096 + 500));
    expect(await sweep("status", "--out", "planned")).toMatchObject({
      status: 0,
      stdout: "coin-toss: 0 of 6 cells, no record yet\nin all: 0 of 6 cells are done; how long the rest takes is not known yet\nnobody runs it; `mesoscope sweep resume --out planned` goes on\n",
    });
    expect(await sweep("resume", "--out", "planned")).toMatchObject({ status: 0 });
    expect(await sweep("status", "--out", "planned")).toMatchObject({ stdout: "coin-toss: 6 of 6 cells, record written\nin all: 6 of 6 cells are done\nnobody runs it\n" });
  });

  it("says whether a new request is identical, compatible or incompatible with what is there", async () => {
    const out = ["--out", "compared"] as const;
    await sweep("run", ...coin, ...out);
    const before = cellsOf(inside("compared"));
    expect((await sweep("run", ...coin, ...out)).stderr).toContain("identical with the plan that is there: all of its 6 cells are kept");
    const more = await sweep("run", ...coin, "--set", "n=64,128,256", ...out);
    expect(more.stderr).toContain("compatible with the plan that is there: 4 cells of it are asked for again, 2 are new, 2 are no longer asked for and stay on disk; 4 cells are kept");
    expect(more.status).toBe(0);
    expect([...before].every(([id, number]) => cellsOf(inside("compared")).get(id) === number)).toBe(true);
    expect(cellsOf(inside("compared")).size).toBe(8);
    const status = JSON.parse((await sweep("status", "--json", ...out)).stdout) as { faults: string[] };
    expect(status.faults).toEqual(["2 kept cells are not asked for by this plan"]);
    const refused = await sweep("run", ...coin, "--seed", "2", ...out);
    expect(refused.status).toBe(2);
    expect(refused.stderr).toContain('incompatible with the plan that is there: seed of coin-toss was "1", is "2". Choose another folder with --out; or ask as before');
    expect((await sweep("plan", "many-coins", ...out)).stderr).toContain("studies was coin-toss, is many-coins");
    expect(manifestOf(inside("compared")).jobs[0]!.parameters["n"]).toEqual([64, 128, 256]);
  });

  it("refuses to go on with versions that have changed", async () => {
    await sweep("plan", ...coin, "--out", "versions");
    const { sealManifest, writeManifest } = await import("@mesoscope/finite-size");
    const { versions, backend, jobs } = manifestOf(inside("versions"));
    writeFileSync(at(inside("versions"), "manifest.json"), writeManifest(sealManifest({ versions: { ...versions, "@mesoscope/numerics": "9.9.9" }, backend, jobs })));
    expect(await sweep("resume", "--out", "versions")).toMatchObject({ status: 2, stderr: expect.stringMatching(/version of @mesoscope\/numerics was 9\.9\.9, is 0\.0\.0/) as string });
  });

  it("goes on with a stranger's module from its manifest alone, and refuses it once it has changed", async () => {
    copyFileSync(examplePair, inside("pair.mjs"));
    expect(await sweep("plan", "./pair.mjs", "--level", "quick", "--out", "module")).toMatchObject({ status: 0 });
    expect(await sweep("resume", "--out", "module", "--workers", "2")).toMatchObject({ status: 0 });
    expect(recordOf(inside("module"), "curie-weiss")).toContain('"command":"mesoscope run ./pair.mjs --level quick --seed 1"');
    writeFileSync(inside("pair.mjs"), `${readFileSync(examplePair, "utf8")}// another\n`);
    expect(await sweep("resume", "--out", "module")).toMatchObject({ status: 2, stderr: expect.stringMatching(/module of curie-weiss was "[0-9a-f]{12}", is "/) as string });
  });
});

describe("a stranger's module that changes while a sweep runs", () => {
  it("is noticed by the workers that import it later: nothing that it samples is kept under the name of the old one", async () => {
    const line = 'const { N } = size; if (parameters.K === 0.5 && N === 128 && from === 4) appendFileSync(fileURLToPath(import.meta.url), "// changed\\n");';
    const imports = 'import { appendFileSync } from "node:fs";\nimport { fileURLToPath } from "node:url";\n';
    writeFileSync(inside("changing.mjs"), `${imports}${readFileSync(examplePair, "utf8").replace("const { N } = size;", line)}`);
    const told = await sweep("run", "./changing.mjs", "--level", "quick", "--workers", "1", "--set", "sizes=32,64,128", "--set", "replicas=64", "--grid", "K=0.5,0.6", "--out", "changing");
    expect(readFileSync(inside("changing.mjs"), "utf8")).toMatch(/\/\/ changed\n$/);
    expect(told.stderr).toMatch(/changing\.mjs: the module was changed while the command ran\. .* put it back to go on/);
    expect(told.status).toBe(3);
    expect(readdirSync(inside("changing", "records")).filter((name) => name.endsWith(".record.json"))).toHaveLength(1);
  });
});

describe("a pair that fails at some values of a grid", () => {
  it("loses the records of these only, also where pilots meet them first", async () => {
    const line = 'const { N } = size; if (parameters.K === 0.5) throw new TypeError("no"); if (parameters.K === 0.6) process.exit(0);';
    writeFileSync(inside("partly.mjs"), readFileSync(examplePair, "utf8").replace("const { N } = size;", line));
    const told = await sweep("run", "./partly.mjs", "--level", "quick", "--workers", "1", "--set", "sizes=32,64", "--set", "replicas=16", "--grid", "K=0.4,0.5,0.6,0.7", "--out", "partly");
    expect(told.stderr).toMatch(/what fails is not in the estimate: pair "curie-weiss" in a pilot .*TypeError: no/);
    expect(told.stderr).toMatch(/curie-weiss-k-0p5-\w+: TaskFailed: pair "curie-weiss" at N = 32, .*TypeError: no/);
    expect(told.stderr).toMatch(/curie-weiss-k-0p6-\w+: pair "curie-weiss" at N = 32, .*no answer came from its worker/);
    expect(told.status).toBe(3);
    expect(readdirSync(inside("partly", "records")).filter((name) => name.endsWith(".record.json"))).toHaveLength(2);
  });
});

describe("a grid", () => {
  it("makes a record of every combination, each with an id of its own, and runs a cell that two ask for once", async () => {
    const told = await sweep("run", ...coin, "--grid", "p=0.25,0.5", "--grid", "n=[32,64],[64]", "--grid", "flow=SA,USA", "--out", "grid", "--json");
    expect(told.status).toBe(0);
    const files = readdirSync(inside("grid", "records")).filter((name) => name.endsWith(".record.json"));
    expect(files).toHaveLength(8);
    const record = readRecord(recordOf(inside("grid"), (JSON.parse(told.stdout) as { records: { id: string }[] }).records[1]!.id));
    expect(record).toMatchObject({ title: "A coin against its law, p = 0.25, n = [32,64], flow = USA", reproduce: { command: "mesoscope run coin-toss --level quick --seed 1 --set flow=USA --set 'n=[32,64]' --set p=0.25" } });
    expect(record.id).toMatch(/^coin-toss-p-0p25-n-32-64-flow-usa-[0-9a-f]{8}$/);
    expect(cellsOf(inside("grid")).size).toBe(8);
    expect(complaintsAbout(inside("grid"))).toEqual([]);
    const { tables, verdicts } = record;
    await tell(folder.path, ["run", ...coin, "--set", "flow=USA", "--set", "n=[32,64]", "--set", "p=0.25", "--out", "alone"]);
    expect(readRecord(recordOf(inside("alone"), "coin-toss"))).toMatchObject({ tables, verdicts });
  });

  it.each([
    ["an unknown parameter", ["coin-toss", "--grid", "q=1,2"], /--grid q: coin-toss has no parameter of this name/],
    ["a parameter twice", ["coin-toss", "--grid", "p=0.1", "--grid", "p=0.2"], /--grid p: it is given twice/],
    ["a parameter that is set", ["coin-toss", "--set", "p=0.1", "--grid", "p=0.2"], /--grid p: --set gives p too/],
    ["a value twice", ["coin-toss", "--grid", "p=0.5,0.25,0.50"], /--grid p: it names 0\.5 twice/],
    ["nothing before a comma", ["coin-toss", "--grid", "p=,"], /--grid p: a value is empty\. Give something before and after each comma/],
    ["nothing between two commas", ["coin-toss", "--grid", "p=0.5,,1"], /--grid p: a value is empty/],
    ["a bracket that is not closed", ["coin-toss", "--grid", "n=[32,64"], /--grid n: a bracket is not closed/],
    ["lists of lists", ["coin-toss", "--grid", "n=[[32],[64]]"], /--grid n: a bracket is not closed, or not opened, or stands in another\. Give lists as in/],
    ["no values", ["coin-toss", "--grid", "p="], /--grid "p=": it must have the form name=value,value/],
    ["a value that may not be", ["coin-toss", "--grid", "p=0.5,2"], /p = 2: it must be <= 1/],
    ["a budget without a unit", ["coin-toss", "--budget", "12"], /--budget 12: it must be a time such as 90s, 30m, 12h or 2d/],
    ["no budget", ["coin-toss", "--budget", "0s"], /--budget 0s: it must be a time/],
  ])("is refused with %s, and nothing is written", async (_, words, message) => {
    const told = await sweep("run", ...words, "--out", "refused");
    expect(told).toMatchObject({ status: 2, stdout: "", stderr: expect.stringMatching(message) as string });
    expect(existsSync(inside("refused"))).toBe(false);
  });
});

describe("what cannot be done is refused with the estimate, before anything is made", () => {
  const hundred = Array.from({ length: 100 }, (_, i) => (i + 1) / 1000).join(",");
  const sizes = Array.from({ length: 1000 }, (_, i) => i + 1).join(",");
  it.each([
    ["1e9 cells of one design", ["coin-toss", "--set", "replicas=8000000000", "--set", "n=32"], /cells = 1000000000: must be at most 1000000 in one design .*Ask for fewer replicas or fewer sizes/],
    ["1e9 cells of a grid", ["coin-toss", "--set", "replicas=800", "--set", `n=[${sizes}]`, "--grid", `p=${hundred}`, "--grid", "flow=SA,USA"], /this sweep has 20,000,000 cells \(200 records, as the grid's first: 20,000,000 cells, 160,000,000 replicas; about .* of processor time.*\): a sweep has at most 1,000,000\. Give the grid fewer values/],
    ["more time than the budget", ["many-coins", "--set", "n=4000000", "--budget", "0.5s"], /this sweep is 48 cells, 192 replicas; about .* s of processor time, .*: the budget is 0\.5 s\. Give the grid fewer values, .* --budget \d+h\./],
  ])("%s", async (_, words, message) => {
    const told = await sweep("run", ...words, "--out", "refused", "--workers", "1");
    expect(told.stderr).toMatch(message);
    expect(told).toMatchObject({ status: 2, stdout: "" });
    expect(existsSync(inside("refused"))).toBe(false);
  });

  it("has help with an example for each command", async () => {
    for (const name of ["", "plan", "run", "status", "resume"]) {
      const told = await sweep(...(name === "" ? [] : [name]), "--help");
      expect(told.stdout).toMatch(new RegExp(`Example:\\n  mesoscope sweep ${name}`));
      expect(told.status).toBe(0);
    }
  });

  it("says that there is no sweep where there is none", async () => {
    for (const name of ["status", "resume"]) expect(await sweep(name, "--out", "nowhere")).toMatchObject({ status: 2, stderr: expect.stringContaining("there is no sweep. Plan it with") as string });
  });
});
