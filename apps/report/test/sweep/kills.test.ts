import { key } from "@mesoscope/numerics";
import { spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fakeCommand, start } from "../fixtures/process.js";
import { at, cellsOf, complaintsAbout, filesIn, plannedIds, recordOf } from "../fixtures/sweep.js";
import { tell, temporaryFolder } from "../fixtures/world.js";

/** How often a sweep is killed: 10 in the gate, 200 in .ci/deep. */
const kills = Number(process.env["MESOSCOPE_KILLS"] ?? 10);
const seed = process.env["MESOSCOPE_KILLS_SEED"] ?? "1";

const folder = temporaryFolder();
const out = join(folder.path, "sweep-1");
afterAll(() => {
  folder.remove();
});

/** 48 cells of some 10 ms: much of the life of the process is spent in them. */
const study = ["many-coins", "--seed", "7", "--set", "n=100000"] as const;
const request = [...study, "--out", "sweep-1"] as const;
let undisturbed = "";
let life = 0;

beforeAll(async () => {
  expect((await tell(folder.path, ["run", ...study, "--workers", "1", "--out", "plain"])).status).toBe(0);
  undisturbed = recordOf(join(folder.path, "plain"), "many-coins");
  const begun = performance.now();
  expect(await start(fakeCommand, ["sweep", "run", ...request], folder.path)).toMatchObject({ status: 0 });
  life = performance.now() - begun;
  expect(recordOf(out, "many-coins")).toBe(undisturbed);
  rmSync(out, { recursive: true });
});

/** Runs the command and kills it after so many milliseconds, if it still runs then. */
function killAfter(words: readonly string[], milliseconds: number): Promise<{ readonly isKilled: boolean; readonly status: number | null; readonly stderr: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [fakeCommand, ...words], { cwd: folder.path, stdio: ["ignore", "ignore", "pipe"], env: { ...process.env, NO_COLOR: "1" } });
    let stderr = "";
    child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
    const timer = setTimeout(() => child.kill("SIGKILL"), milliseconds);
    child.on("error", reject);
    child.on("close", (status, signal) => {
      clearTimeout(timer);
      resolve({ isKilled: signal === "SIGKILL", status, stderr });
    });
  });
}

describe("a sweep that is killed with kill -9 at random instants, and resumed each time", () => {
  it(`ends with the bytes of an undisturbed run, no cell twice, none lost: ${kills} kills`, async () => {
    const stream = key(seed).fold("kill").stream();
    let [killed, finished, attempts] = [0, 0, 0];
    const kept: number[] = [];
    let before: ReadonlyMap<string, number> = new Map();
    while (killed < kills || cellsOf(out).size > 0) {
      const canResume = filesIn(at(out)).includes("manifest.json") && attempts % 2 === 1;
      const words = [...(canResume ? ["sweep", "resume", "--out", "sweep-1"] : ["sweep", "run", ...request]), "--workers", attempts % 3 === 0 ? "2" : "1"];
      const instant = killed < kills ? 1.05 * life * stream.uniform() : 600_000;
      const { isKilled, status, stderr } = await killAfter(words, instant);
      attempts += 1;
      const cells = cellsOf(out);
      // What was kept is there, and was not written again.
      expect([...before].filter(([id, number]) => cells.get(id) !== number), stderr).toEqual([]);
      before = cells;
      if (isKilled) {
        killed += 1;
        kept.push(cells.size);
        continue;
      }
      expect(stderr).not.toContain("damaged");
      expect({ status, stderr }).toMatchObject({ status: 0 });
      expect(recordOf(out, "many-coins")).toBe(undisturbed);
      expect(complaintsAbout(out)).toEqual([]);
      finished += 1;
      const planned = plannedIds(out).length;
      expect(cells.size).toBe(planned);
      rmSync(out, { recursive: true });
      before = new Map();
      if (killed >= kills) break;
    }
    console.log(`kill -9: ${killed} kills (seed ${JSON.stringify(seed)}), ${attempts} processes, ${finished} sweeps finished with the same bytes; cells kept at the kills: ${kept.join(" ")}`);
    expect(killed).toBe(kills);
    expect(finished).toBeGreaterThan(0);
  }, 60_000 + kills * 20_000);
});
