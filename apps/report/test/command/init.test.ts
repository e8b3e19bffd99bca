import { existsSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { tell, temporaryFolder, type Told } from "../fixtures/world.js";

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => {
  folder.remove();
});
const init = (...words: readonly string[]): Promise<Told> => tell(folder.path, ["init", ...words]);
const inside = (name: string): string => join(folder.path, name);

describe("mesoscope init", () => {
  it("writes every parameter with its value at the level, its meaning, unit and range", async () => {
    expect(await init("coin-toss", "--level", "quick")).toEqual({ status: 0, stdout: `${inside("coin-toss.yaml")}\n`, stderr: "" });
    expect(readFileSync(inside("coin-toss.yaml"), "utf8")).toBe(`# A coin against its law. From which number of tosses on is the share of heads its probability?
# Run it with \`mesoscope run coin-toss.yaml\`; \`mesoscope check coin-toss.yaml\` says what is wrong with it.
study: coin-toss
# quick, default or full. The values below are those of this level: a line that is removed follows the level again.
level: quick
# Any text; equal seeds, equal numbers.
seed: "1"
parameters:
  # p: probability of heads; unit 1; >= 0 and <= 1
  p: 0.5
  # R: replicas of each size; unit 1; >= 2
  replicas: 16
  # n: numbers of tosses; unit 1; each >= 1
  n: [32,64,128]
  # f: a choice; unit 1; one of SA, USA
  flow: "SA"
`);
  });

  it("writes what `check` takes and what runs to the numbers of a run without it", async () => {
    await init("coin-toss", "--level", "quick", "--out", "mine.yaml");
    expect((await tell(folder.path, ["check", "mine.yaml"])).status).toBe(0);
    expect((await tell(folder.path, ["run", "mine.yaml", "--out", "a", "--workers", "1"])).status).toBe(0);
    expect((await tell(folder.path, ["run", "coin-toss", "--level", "quick", "--out", "b", "--workers", "1"])).status).toBe(0);
    const found = (out: string): unknown => {
      const { tables, parameters, verdicts } = JSON.parse(readFileSync(join(folder.path, out, "records", "coin-toss.record.json"), "utf8")) as Record<string, unknown>;
      return { tables, parameters, verdicts };
    };
    expect(found("a")).toEqual(found("b"));
  });

  it("writes a valid file for every bundled study at every level", async () => {
    const catalogue = new URL("../../dist/composition.js", import.meta.url).href;
    const list = JSON.parse((await tell(folder.path, ["init", "--json"], { catalogue })).stdout) as { id: string; levels: Record<string, object> }[];
    expect(list.length).toBeGreaterThan(0);
    for (const { id, levels } of list) {
      for (const [level, values] of Object.entries(levels)) {
        const file = `${id}-${level}.yaml`;
        await tell(folder.path, ["init", id, "--level", level, "--out", file], { catalogue });
        expect(parse(readFileSync(inside(file), "utf8"))).toEqual({ study: id, level, seed: "1", parameters: values });
        expect(await tell(folder.path, ["check", file], { catalogue })).toMatchObject({ status: 0, stderr: "" });
      }
    }
  });

  it("lists the studies without one, and answers on stdout or as JSON", async () => {
    expect((await init()).stdout).toContain("coin-toss");
    expect((await init("failing", "--out", "-")).stdout).toMatch(/^study: failing$/m);
    expect(existsSync(inside("failing.yaml"))).toBe(false);
    expect(JSON.parse((await init("coin-toss", "--json")).stdout)).toEqual({ study: "coin-toss", level: "default", file: inside("coin-toss.yaml") });
  });

  it("never overwrites, nor follows a link that leads nowhere", async () => {
    writeFileSync(inside("coin-toss.yaml"), "precious");
    symlinkSync(inside("elsewhere.yaml"), inside("link.yaml"));
    for (const out of ["coin-toss.yaml", "link.yaml"]) expect(await init("coin-toss", "--out", out)).toEqual({ status: 2, stdout: "", stderr: `mesoscope: --out ${out}: it exists, and is not overwritten. Choose another name with --out, or move it away.\n` });
    expect(readFileSync(inside("coin-toss.yaml"), "utf8")).toBe("precious");
    expect(existsSync(inside("elsewhere.yaml"))).toBe(false);
  });

  it.each([
    ["an unknown study", ["coin-tos"], /study "coin-tos": there is none of this id\. Did you mean coin-toss\?/],
    ["a place outside", ["coin-toss", "--out", "../x.yaml"], /stays inside the working folder/],
    ["a folder that is not there", ["coin-toss", "--out", "new/x.yaml"], /--out new\/x\.yaml: its folder does not exist \(ENOENT\)\. Make the folder first\./],
    ["another form", ["coin-toss", "--out", "x.json"], /a study file with comments is YAML/],
    ["a path with NUL", ["coin-toss", "--out", "a\0.yaml"], /has no NUL in it/],
    ["an unknown level", ["coin-toss", "--level", "fast"], /Allowed choices are quick, default, full/],
  ])("refuses %s", async (_, words, message) => {
    const told = await init(...words);
    expect(told.stderr).toMatch(message);
    expect(told).toMatchObject({ status: 2, stdout: "" });
  });
});
