import { readRecord } from "@mesoscope/contracts";
import { existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { tell, temporaryFolder } from "../fixtures/world.js";

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => {
  folder.remove();
});

const quick = ["--level", "quick", "--workers", "1"] as const;
const run = (...words: readonly string[]): ReturnType<typeof tell> => tell(folder.path, ["run", ...words]);
const inside = (...way: readonly string[]): string => join(folder.path, "reports", ...way);

describe("mesoscope run", () => {
  it("writes record, run note and page; tells verdicts and the path on stdout, progress on stderr", async () => {
    const told = await run("coin-toss", ...quick);
    expect(told.status).toBe(0);
    expect(told.stdout.trimEnd().split("\n").at(-1)).toBe(inside("index.html"));
    expect(told.stdout).toContain("✓ holds");
    expect(told.stdout).toContain("✗ fails");
    expect(told.stdout).not.toContain("\u001B");
    expect(told.stderr).toMatch(/^coin-toss: started\ncoin-toss: done, 2 verdicts \(\d+\.\d s\)\n$/);
    expect(readdirSync(inside("records")).sort()).toEqual(["coin-toss.record.json", "coin-toss.run.json"]);
    const record = readRecord(readFileSync(inside("records", "coin-toss.record.json"), "utf8"));
    expect(record.versions).toHaveProperty("mesoscope");
    expect(record.versions).toHaveProperty("@mesoscope/contracts");
    expect(record.backend).toEqual({ id: "reference", deterministic: true });
    expect(record.reproduce.command).toBe("mesoscope run coin-toss --level quick --seed 1");
    const note = JSON.parse(readFileSync(inside("records", "coin-toss.run.json"), "utf8")) as { recordHash: string; workers: number };
    expect(note).toMatchObject({ recordHash: record.hash, workers: 1 });
    expect(readFileSync(inside("index.html"), "utf8")).toContain("The share of heads is 0.5 at every size.");
  });

  it("gives the same bytes twice, other bytes for another seed, and the bytes of the command that it names", async () => {
    const bytes = (): string => readFileSync(inside("records", "coin-toss.record.json"), "utf8");
    await run("coin-toss", ...quick, "--seed", "it's 7", "--set", "p=0.25", "--set", "n=32,64");
    const first = bytes();
    const { command } = readRecord(first).reproduce;
    expect(command).toBe(`mesoscope run coin-toss --level quick --seed 'it'\\''s 7' --set 'n=[32,64]' --set p=0.25`);
    await run("coin-toss", ...quick, "--seed", "it's 7", "--set", "n=[32,64]", "--set", "p=0.25");
    expect(bytes()).toBe(first);
    await run("coin-toss", ...quick, "--seed", "8", "--set", "n=[32,64]", "--set", "p=0.25");
    expect(bytes()).not.toBe(first);
  });

  it("keeps the other studies' records when some fail, says why and with which parameters, and exits 3", async () => {
    const told = await run("failing", "misshapen", "broken", "coin-toss", ...quick, "--seed", "5", "--set", "p=0.25");
    expect(told.status).toBe(3);
    expect(told.stderr).toContain("failing: beta = -1: must be positive. Give a positive number. (it ran with level quick, seed 5)");
    expect(told.stderr).toMatch(/misshapen: the study ran, but what it found makes no record at these parameters \(record "misshapen"\.figures\[0\]\.panels: .*\(it ran with level quick, seed 5\)\n/);
    expect(told.stderr).toContain("broken: TypeError: x is not a function. This is a fault of Mesoscope");
    expect(told.stderr).not.toContain("    at ");
    expect(existsSync(inside("records", "coin-toss.record.json"))).toBe(true);
    expect(existsSync(inside("records", "failing.record.json"))).toBe(false);
    expect(readFileSync(inside("index.html"), "utf8")).toContain('id="coin-toss"');
  });

  it("shows the stack only when asked", async () => {
    const told = await tell(folder.path, ["--debug", "run", "broken", ...quick]);
    expect(told.stderr).toContain("    at ");
  });

  it("prints one JSON value on stdout with --json, and nothing else there", async () => {
    const told = await run("coin-toss", "failing", ...quick, "--json");
    const summary = JSON.parse(told.stdout) as { records: { id: string; verdicts: unknown[] }[]; failures: { study: string }[] };
    expect(summary.records.map(({ id }) => id)).toEqual(["coin-toss"]);
    expect(summary.records[0]!.verdicts).toHaveLength(2);
    expect(summary.failures.map(({ study }) => study)).toEqual(["failing"]);
    expect(told.status).toBe(3);
  });

  it("takes one value for a list of one", async () => {
    expect((await run("coin-toss", ...quick, "--set", "n=32")).status).toBe(0);
    expect(readFileSync(inside("records", "coin-toss.record.json"), "utf8")).toContain("--set 'n=[32]'");
  });

  it("runs a study file, in YAML or JSON, and the command line wins over it", async () => {
    writeFileSync(join(folder.path, "s.yaml"), "study: coin-toss\nlevel: quick\nseed: 5\nparameters: { p: 0.25, n: [32] }\n");
    writeFileSync(join(folder.path, "s.json"), JSON.stringify({ study: "coin-toss", level: "quick", seed: "5", parameters: { p: 0.25, n: [32] } }));
    const commandAfter = async (...words: readonly string[]): Promise<string> => {
      expect((await run(...words, "--workers", "1")).status).toBe(0);
      return readRecord(readFileSync(inside("records", "coin-toss.record.json"), "utf8")).reproduce.command;
    };
    expect(await commandAfter("s.yaml")).toBe("mesoscope run coin-toss --level quick --seed 5 --set 'n=[32]' --set p=0.25");
    expect(await commandAfter("s.json")).toBe("mesoscope run coin-toss --level quick --seed 5 --set 'n=[32]' --set p=0.25");
    expect(await commandAfter("s.yaml", "--seed", "6", "--set", "p=0.75")).toBe("mesoscope run coin-toss --level quick --seed 6 --set 'n=[32]' --set p=0.75");
  });

  it("shows older records of the folder too, and tells of those it cannot read without losing anything", async () => {
    await run("coin-toss", ...quick);
    writeFileSync(inside("records", "old.record.json"), '{"recordVersion": 1, "x": NaN}');
    const told = await run("coin-toss", ...quick);
    expect(told.status).toBe(0);
    expect(told.stderr).toContain("not shown: records/old.record.json: it is not JSON");
    expect(readFileSync(inside("index.html"), "utf8")).toContain("records/old.record.json");
    expect(readFileSync(inside("records", "old.record.json"), "utf8")).toContain("NaN");
  });
});

describe("bad input to mesoscope run: value, rule, remedy, exit 2, nothing written", () => {
  it.each([
    ["an unknown study", ["coin-tos"], /study "coin-tos": it is neither .* Did you mean coin-toss\?/],
    ["a study nothing is near", ["zzzzzzzz"], /There are coin-toss, failing, broken, misshapen, endless, many-coins\./],
    ["an unknown level", ["coin-toss", "--level", "fast"], /'fast' is invalid. Allowed choices are quick, default, full/],
    ["an unknown option", ["coin-toss", "--levle", "quick"], /unknown option '--levle'/],
    ["a negative number of replicas", ["coin-toss", "--set", "replicas=-5"], /replicas = -5: it must be >= 2/],
    ["a negative size", ["coin-toss", "--set", "n=[32,-5]"], /n\.1 = -5: it must be >= 1/],
    ["a number beyond the largest", ["coin-toss", "--set", "p=1e400"], /p = Infinity: it must be a finite number/],
    ["a negative one too", ["coin-toss", "--set", "n=32,-1e400"], /n\.1 = -Infinity: it must be a finite number/],
    ["NaN", ["coin-toss", "--set", "p=NaN"], /p = "NaN": it must be a number/],
    ["text for a number", ["coin-toss", "--set", 'p="0.5"'], /p = 0\.5|p = "0\.5"|p = "\\"0\.5\\""/],
    ["a fraction for an integer", ["coin-toss", "--set", "replicas=2.5"], /replicas = 2\.5: it must be an integer/],
    ["a value out of the list", ["coin-toss", "--set", "flow=XA"], /flow = "XA": it must be one of "SA", "USA"/],
    ["an unknown parameter", ["coin-toss", "--set", "replica=5"], /--set replica: coin-toss has no parameter of this name. Did you mean replicas\?/],
    ["a word for a list", ["coin-toss", "--set", "n=many"], /n\.0 = "many": it must be an integer/],
    ["an assignment without a sign", ["coin-toss", "--set", "p"], /--set "p": it must have the form name=value/],
    ["an object", ["coin-toss", "--set", 'p={"a":1}'], /a parameter is a number, true or false, text, or a list/],
    ["a prototype", ["coin-toss", "--set", "__proto__=1"], /--set __proto__: coin-toss has no parameter/],
    ["a constructor", ["coin-toss", "--set", "constructor=1"], /--set constructor: coin-toss has no parameter/],
    ["no workers", ["coin-toss", "--workers", "0"], /--workers 0: it must be an integer from 1/],
    ["half a worker", ["coin-toss", "--workers", "1.5"], /--workers 1\.5: it must be an integer/],
    ["an empty seed", ["coin-toss", "--seed", ""], /seed = "": it must be 1 to 200 printable characters/],
    ["a study twice", ["coin-toss", "coin-toss"], /study "coin-toss": it is asked for twice/],
    ["a record", ["x.record.json"], /it is a record, which has been run. Use `mesoscope report x\.record\.json`/],
    ["a file that is not there", ["gone.yaml"], /gone\.yaml: it cannot be read \(ENOENT\)/],
    ["a module that is not there", ["./gone.mjs"], /gone\.mjs: it cannot be read \(ENOENT\)/],
    ["a path with NUL", ["coin\0.yaml"], /a path has no NUL in it/],
    ["an output folder with NUL", ["coin-toss", "--out", "a\0b"], /a path is not empty and has no NUL/],
    ["an output folder outside", ["coin-toss", "--out", "../elsewhere"], /--out \.\.\/elsewhere: a relative output folder stays inside the working folder/],
  ])("%s", async (_, words, message) => {
    const told = await run(...words);
    expect(told.stderr).toMatch(message);
    expect(told.status).toBe(2);
    expect(told.stdout).toBe("");
    expect(told.stderr).not.toContain("    at ");
    expect(told.stderr.trim().split("\n").length).toBeLessThanOrEqual(3);
    expect(existsSync(inside())).toBe(false);
  });

  it.each([
    ["malformed YAML, with line and column", "study: coin-toss\nparameters: [1, 2\nlevel: x", /bad\.yaml, line 3, column \d+: this is not YAML or JSON/],
    ["a key twice", "study: coin-toss\nseed: 1\nseed: 2", /line 3, column 1: .*unique/],
    ["a list", "- 1\n- 2", /a study file is a list of names with values/],
    ["neither study nor pair", "level: quick", /names neither a study nor a pair: it must name one of the two/],
    ["study and pair", "study: coin-toss\npair: ./x.mjs", /names a study and a pair/],
    ["an unknown study", "study: coin-tos", /study = "coin-tos": there is no study of this id. Did you mean coin-toss\?/],
    ["an unknown key", "study: coin-toss\nlevle: quick", /"levle" is given: there is no such name here. Did you mean level\?/],
    ["a prototype key", "study: coin-toss\n__proto__: { level: quick }", /"__proto__" is given: there is no such name here/],
    ["a prototype among the parameters", "study: coin-toss\nparameters: { __proto__: 3 }", /parameter "__proto__": coin-toss has no parameter of this name/],
    ["a negative number", "study: coin-toss\nparameters: { n: -5 }", /n = -5: it must be a list of numbers/],
    ["not a number", "study: coin-toss\nparameters: { p: .nan }", /parameters\.p = NaN: it must be a finite number/],
    ["beyond the largest", "study: coin-toss\nparameters: { p: 1e400 }", /parameters\.p = Infinity: it must be a finite number/],
    ["a wrong level", "study: coin-toss\nlevel: fast", /level = "fast": it must be one of "quick", "default", "full"/],
    ["a design for a bundled study", "study: coin-toss\ndesign: { sizes: [1] }", /gives a design: a bundled study has its own/],
    ["an output folder", "study: coin-toss\nout: /etc", /"out" is given: there is no such name here/],
    ["an alias bomb", `a: &a [1,1,1,1,1,1,1,1,1,1]\n${"bcdefghi".split("").map((k, i) => `${k}: &${k} [${Array(10).fill(`*${"abcdefgh"[i]!}`).join(",")}]`).join("\n")}\nstudy: coin-toss`, /alias/i],
    ["a tower of lists", `study: ${"[".repeat(10_000)}${"]".repeat(10_000)}`, /bad\.yaml/],
    ["nothing", "", /a study file is a list of names with values/],
  ])("a study file with %s", async (_, text, message) => {
    writeFileSync(join(folder.path, "bad.yaml"), text);
    const told = await run("bad.yaml");
    expect(told.stderr.slice(0, 2000)).toMatch(message);
    expect(told.status).toBe(2);
    expect(told.stderr).not.toContain("    at ");
    expect(existsSync(inside())).toBe(false);
  });

  it("a file where the output folder should be", async () => {
    writeFileSync(inside(), "precious");
    const told = await run("coin-toss", ...quick);
    expect(told.stderr).toMatch(/--out reports: .*a file is in the way/);
    expect(told.status).toBe(2);
    expect(readFileSync(inside(), "utf8")).toBe("precious");
  });

  it("a link that leads the records outside", async () => {
    const elsewhere = temporaryFolder();
    mkdirSync(inside());
    symlinkSync(elsewhere.path, inside("records"));
    const told = await run("coin-toss", ...quick);
    expect(told.stderr).toMatch(/is a link to .*: what is written stays inside the output folder/);
    expect(told.status).toBe(2);
    expect(readdirSync(elsewhere.path)).toEqual([]);
    elsewhere.remove();
  });

  it("a relative output folder that a link leads outside, before anything is made there", async () => {
    const elsewhere = temporaryFolder();
    symlinkSync(elsewhere.path, join(folder.path, "link"));
    for (const out of ["link", "link/new/report"]) {
      const told = await run("coin-toss", ...quick, "--out", out);
      expect(told.stderr).toMatch(new RegExp(`--out ${out}: a relative output folder stays inside the working folder\\. .*${realpathSync(elsewhere.path)}`));
      expect(told.status).toBe(2);
    }
    expect(readdirSync(elsewhere.path)).toEqual([]);
    elsewhere.remove();
  });

  it("a page of somebody else", async () => {
    mkdirSync(inside());
    writeFileSync(inside("index.html"), "<h1>My thesis</h1>");
    const told = await run("coin-toss", ...quick);
    expect(told.stderr).toMatch(/index\.html exists: Mesoscope did not write it/);
    expect(readFileSync(inside("index.html"), "utf8")).toBe("<h1>My thesis</h1>");
  });

  it("a link in the place of a record is replaced, not followed", async () => {
    mkdirSync(inside("records"), { recursive: true });
    writeFileSync(join(folder.path, "precious.txt"), "precious");
    symlinkSync(join(folder.path, "precious.txt"), inside("records", "coin-toss.record.json"));
    expect((await run("coin-toss", ...quick)).status).toBe(0);
    expect(readFileSync(join(folder.path, "precious.txt"), "utf8")).toBe("precious");
    expect(readFileSync(inside("records", "coin-toss.record.json"), "utf8")).toContain('"id":"coin-toss"');
  });
});
