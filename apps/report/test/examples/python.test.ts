import { spawnSync, type SpawnSyncReturns } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { writeRecord } from "@mesoscope/contracts";
import { afterAll, describe, expect, it } from "vitest";
import { realCommand } from "../fixtures/process.js";
import { gallery } from "../fixtures/records.js";
import { temporaryFolder } from "../fixtures/world.js";

const folder = temporaryFolder();
afterAll(() => {
  folder.remove();
});

const example = (name: string): string => fileURLToPath(new URL(`../../../../examples/${name}`, import.meta.url));
const mesoscope = [process.execPath, realCommand].map((word) => `'${word}'`).join(" ");
function python(program: string, words: readonly string[], command = mesoscope): SpawnSyncReturns<string> {
  return spawnSync(program, words, { cwd: folder.path, encoding: "utf8", env: { ...process.env, MESOSCOPE: command, PYTHONIOENCODING: "utf-8" } });
}

const candidates = ["python3", "/usr/bin/python3"].filter((program) => spawnSync(program, ["-c", "import sys; sys.exit(sys.version_info < (3, 9))"]).status === 0);
const plotting = candidates.find((program) => spawnSync(program, ["-c", "import matplotlib.pyplot"]).status === 0);
const [plain] = candidates;

/** Python is no part of what a checkout needs: where there is none, nothing is tested here. */
describe.skipIf(plain === undefined)("the programs in Python", () => {
  it("growth_rates.py asks for a whole figure at once, and gets what the command says", () => {
    const told = python(plain!, [example("growth_rates.py"), "--flow", "USA", "--d", "3", "--degrees", "1", "4"]);
    expect([told.status, told.stderr]).toEqual([0, ""]);
    const [head, ...rows] = told.stdout.trimEnd().split(/\r?\n/).map((line) => line.split(","));
    expect(head).toEqual(["beta", "k1", "k4"]);
    expect(rows.map(([beta]) => Number(beta))).toEqual(Array.from({ length: 60 }, (_, i) => (i + 1) / 10));
    const one = spawnSync(process.execPath, [realCommand, "compute", "growth-rate", '{"flow":"USA","d":3,"k":4,"beta":5}'], { encoding: "utf8" });
    expect(Number(rows[49]![2])).toBe((JSON.parse(one.stdout) as { rate: number }).rate);
  });

  it("hands on what the command says is wrong, and says so if there is no command", () => {
    const refused = python(plain!, [example("growth_rates.py"), "--d", "0"]);
    expect([refused.status, refused.stdout]).toEqual([1, ""]);
    expect(refused.stderr).toContain("growth_rates.py: mesoscope: input 1 of 240: compute growth-rate, d = 0: it must be >= 2.");
    expect(python(plain!, [example("growth_rates.py")], "no-such-command").stderr).toContain("there is no command 'no-such-command': install mesoscope");
  });

  it("read_record.py prints verdicts with their intervals", () => {
    writeFileSync(join(folder.path, "a.record.json"), writeRecord(gallery));
    const told = python(plain!, [example("read_record.py"), "a.record.json"]);
    expect([told.status, told.stderr]).toEqual([0, ""]);
    expect(told.stdout.split("\n")[0]).toBe("Every role of the figure grammar (level quick, seed 20260101)");
    expect(told.stdout).toContain("holds      mean departure time, SA, β = 0.5, r = 0.2  1.004 [0.9982, 1.01] at 90%\n");
    expect(told.stdout).toContain("undecided  spread of the departure time\n");
    writeFileSync(join(folder.path, "b.record.json"), writeRecord(gallery).replace('"recordVersion":1', '"recordVersion":7'));
    expect(python(plain!, [example("read_record.py"), "b.record.json"]).stderr).toContain("recordVersion is 7, this script reads version 1");
  });

  it.skipIf(plotting === undefined)("both draw, where matplotlib is", () => {
    writeFileSync(join(folder.path, "c.record.json"), writeRecord(gallery));
    const drawn = [
      python(plotting!, [example("growth_rates.py"), "--plot", "rates.png"]),
      python(plotting!, [example("read_record.py"), "c.record.json", "--figure", "panels", "--plot", "panels.png"]),
    ];
    expect(drawn.map(({ status, stderr }) => [status, stderr])).toEqual([[0, ""], [0, ""]]);
    for (const name of ["rates.png", "panels.png"]) expect(readFileSync(join(folder.path, name)).subarray(1, 4).toString()).toBe("PNG");
    expect(python(plotting!, [example("read_record.py"), "c.record.json", "--figure", "nope", "--plot", "x.png"]).stderr).toContain("there is no figure 'nope'; there are departure, panels,");
  });
});
