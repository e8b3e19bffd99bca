import { readRecord } from "@mesoscope/contracts";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { realCommand, start } from "./fixtures/process.js";
import { temporaryFolder } from "./fixtures/world.js";

const folder = temporaryFolder();
afterAll(() => {
  folder.remove();
});
const record = (out: string, id: string): string => readFileSync(join(folder.path, out, "records", `${id}.record.json`), "utf8");
const run = (...words: readonly string[]): ReturnType<typeof start> => start(realCommand, ["run", ...words], folder.path);

describe("the command as it is published, on the bundled studies", () => {
  it("makes the same record of circle-emergence with 1 and 2 workers", async () => {
    const small = ["circle-emergence", "--level", "quick", "--set", "sizes=64,128", "--set", "replicas=20", "--set", "rivalSizes=[64]", "--set", "rivalReplicas=20"];
    for (const workers of ["1", "2"]) {
      const told = await run(...small, "--workers", workers, "--out", workers);
      expect(told.stderr).not.toContain("failed");
      expect(told.status).toBe(0);
      expect(told.stdout.trimEnd().split("\n").at(-1)).toBe(join(folder.path, workers, "index.html"));
    }
    expect(record("2", "circle-emergence")).toBe(record("1", "circle-emergence"));
  });

  it("finds that the limit of the Curie-Weiss magnet is off by 1/N, and that its correction mends it", async () => {
    const pair = join(dirname(fileURLToPath(import.meta.url)), "../../../examples/my-pair.mjs");
    expect((await run(pair, "--workers", "1", "--set", "replicas=2000", "--set", "sizes=32,64,128,256,512,1024", "--out", "magnet")).status).toBe(0);
    const { verdicts, figures, outcomes } = readRecord(record("magnet", "curie-weiss"));
    expect(verdicts.map(({ subject, outcome }) => `${subject}: ${outcome}`)).toEqual(expect.arrayContaining([expect.stringMatching(/mean of magnetisation.* 1\/N correction: holds/)]));
    expect(figures.length).toBeGreaterThan(0);
    expect(outcomes.completed).toBe(6 * 2000);
  });

  it("answers every quantity's own example with JSON", async () => {
    const list = JSON.parse((await start(realCommand, ["compute", "--list", "--json"], folder.path)).stdout) as { id: string; example: object }[];
    const answers = await Promise.all(list.slice(0, 3).map(({ id, example }) => start(realCommand, ["compute", id, JSON.stringify(example)], folder.path)));
    for (const { status, stdout, stderr } of answers) {
      expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
      expect(typeof JSON.parse(stdout)).toBe("object");
    }
  });

  it.each([
    ["an unknown study", ["growth-rate"], /Did you mean growth-rates\?/],
    ["negative n", ["circle-emergence", "--set", "sizes=-5,64"], /sizes\.0 = -5: it must be/],
    ["beta beyond every number", ["circle-emergence", "--set", "beta=1e400"], /beta = Infinity: it must be a finite number/],
    ["an output folder outside", ["growth-rates", "--out", "../x"], /stays inside the working folder/],
  ])("refuses %s", async (_, words, message) => {
    const told = await run(...words);
    expect(told.stderr).toMatch(message);
    expect(told).toMatchObject({ status: 2, stdout: "" });
  });
});
