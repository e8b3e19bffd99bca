import { readRecord } from "@mesoscope/contracts";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { realCommand, start } from "./fixtures/process.js";
import { cellsOf, complaintsAbout, plannedIds } from "./fixtures/sweep.js";
import { examplePair, tell, temporaryFolder, type Told } from "./fixtures/world.js";

const folder = temporaryFolder();
afterAll(() => {
  folder.remove();
});
const catalogue = new URL("../dist/composition.js", import.meta.url).href;
const command = (...words: readonly string[]): Promise<Told> => tell(folder.path, words, { catalogue });
const record = (out: string, id: string): string => readFileSync(join(folder.path, out, "records", `${id}.record.json`), "utf8");

describe("the command on the bundled studies", () => {
  it("makes the same record of circle-emergence with 1 and 2 workers, and as a sweep with 4", async () => {
    const small = ["circle-emergence", "--level", "quick", "--set", "sizes=64,128", "--set", "replicas=20", "--set", "rivalSizes=[64]", "--set", "rivalReplicas=20"];
    for (const workers of ["1", "2"]) {
      const told = await command("run", ...small, "--workers", workers, "--out", workers);
      expect(told.stderr).not.toContain("failed");
      expect(told.status).toBe(0);
      expect(told.stdout.trimEnd().split("\n").at(-1)).toBe(join(folder.path, workers, "index.html"));
    }
    expect(record("2", "circle-emergence")).toBe(record("1", "circle-emergence"));
    expect((await command("sweep", "run", ...small, "--workers", "4", "--out", "swept")).status).toBe(0);
    expect(record("swept", "circle-emergence")).toBe(record("1", "circle-emergence"));
    expect(complaintsAbout(join(folder.path, "swept"))).toEqual([]);
    expect([...cellsOf(join(folder.path, "swept")).keys()].sort()).toEqual([...plannedIds(join(folder.path, "swept"))].sort());
  });

  it("finds the same on the reference backend, with other last digits, and says in the record what computed and how to make it again", async () => {
    const small = ["circle-emergence", "--level", "quick", "--set", "sizes=64,128", "--set", "replicas=20", "--set", "rivalSizes=[64]", "--set", "rivalReplicas=20"];
    for (const [out, backend, workers] of [["plain", "reference", "1"], ["fast", "wasm", "1"], ["faster", "wasm", "2"]] as const) {
      expect((await command("run", ...small, "--backend", backend, "--workers", workers, "--out", out)).status).toBe(0);
    }
    expect(record("faster", "circle-emergence")).toBe(record("fast", "circle-emergence"));
    const [plain, fast] = ["plain", "fast"].map((out) => readRecord(record(out, "circle-emergence")));
    expect(plain!.backend).toEqual({ id: "reference", deterministic: true });
    expect(plain!.reproduce.command).toContain("--level quick --seed 1 --backend reference --set");
    expect(fast!.backend).toEqual({ id: "wasm", deterministic: true });
    expect(fast!.reproduce.command).not.toContain("--backend");
    expect(fast!.verdicts.map(({ outcome }) => outcome)).toEqual(plain!.verdicts.map(({ outcome }) => outcome));
    expect((await command("sweep", "plan", ...small, "--backend", "reference", "--out", "planned")).status).toBe(0);
    expect((await command("sweep", "resume", "--workers", "2", "--out", "planned")).status).toBe(0);
    expect(record("planned", "circle-emergence")).toBe(record("plain", "circle-emergence"));
    expect((await command("sweep", "run", ...small, "--out", "planned")).stderr).toMatch(/incompatible with the plan that is there: backend was "?reference"?, is "?wasm"?/);
  });

  it("refuses a backend that is not there, with those that are, before anything is written", async () => {
    const told = await command("run", "growth-rates", "--level", "quick", "--backend", "abacus", "--out", "none");
    expect(told).toMatchObject({ status: 2, stdout: "" });
    expect(told.stderr).toContain('backend "abacus": there is none of this name. There are wasm, gpujs, webgpu, reference.');
    expect(existsSync(join(folder.path, "none"))).toBe(false);
  });

  it("finds that the limit of the Curie-Weiss magnet is off by 1/N, and that its correction mends it", async () => {
    const words = ["run", examplePair, "--workers", "1", "--set", "replicas=2000", "--set", "sizes=32,64,128,256,512,1024", "--set", "scan=0", "--set", "controls=0", "--out", "magnet"];
    expect((await start(realCommand, words, folder.path)).status).toBe(0);
    const { verdicts, figures, outcomes } = readRecord(record("magnet", "curie-weiss"));
    expect(verdicts.map(({ subject, outcome }) => `${subject}: ${outcome}`)).toEqual(expect.arrayContaining([expect.stringMatching(/mean of magnetisation.* 1\/N correction: holds/)]));
    expect(figures.length).toBeGreaterThan(0);
    expect(outcomes.completed).toBe(6 * 2000);
  });

  it("answers every quantity's own example with JSON, and the process that is published alike from stdin", async () => {
    const list = JSON.parse((await command("compute", "--list", "--json")).stdout) as { id: string; example: object }[];
    expect(list.length).toBeGreaterThan(0);
    const answers: string[] = [];
    for (const { id, example } of list) {
      const { status, stdout, stderr } = await command("compute", id, JSON.stringify(example));
      expect({ id, status, stderr }).toEqual({ id, status: 0, stderr: "" });
      expect(typeof JSON.parse(stdout)).toBe("object");
      answers.push(stdout);
    }
    const published = await start(realCommand, ["compute", list[0]!.id], folder.path, undefined, JSON.stringify(list[0]!.example));
    expect(published).toEqual({ status: 0, stdout: answers[0], stderr: "" });
  });

  it.each([
    ["an unknown study", ["growth-rate"], /Did you mean growth-rates\?/],
    ["negative n", ["circle-emergence", "--set", "sizes=-5,64"], /sizes\.0 = -5: it must be/],
    ["beta beyond every number", ["circle-emergence", "--set", "beta=1e400"], /beta = Infinity: it must be a finite number/],
    ["an output folder outside", ["growth-rates", "--out", "../x"], /stays inside the working folder/],
  ])("refuses %s", async (_, words, message) => {
    const told = await command("run", ...words);
    expect(told.stderr).toMatch(message);
    expect(told).toMatchObject({ status: 2, stdout: "" });
  });
});
