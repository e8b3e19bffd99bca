import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { spawn, type ChildProcess } from "node:child_process";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fakeCommand } from "../fixtures/process.js";
import { at, cellsOf, complaintsAbout, journalOf, recordOf } from "../fixtures/sweep.js";
import { examplePair, tell, temporaryFolder, type Told } from "../fixtures/world.js";

const folder = temporaryFolder();
afterAll(() => {
  folder.remove();
});
const inside = (...way: readonly string[]): string => join(folder.path, ...way);
const study = ["many-coins", "--set", "n=100000"] as const;
let undisturbed = "";
beforeAll(async () => {
  await tell(folder.path, ["run", ...study, "--workers", "1", "--out", "plain"]);
  undisturbed = recordOf(inside("plain"), "many-coins");
});

/** A sweep in a process of its own, and its end. */
function begin(out: string, workers: string): { readonly child: ChildProcess; readonly ended: Promise<Told & { readonly signal: string | null }> } {
  const child = spawn(process.execPath, [fakeCommand, "sweep", "run", ...study, "--workers", workers, "--out", out], { cwd: folder.path, stdio: ["ignore", "pipe", "pipe"] });
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  const ended = new Promise<Told & { readonly signal: string | null }>((resolve) => {
    child.on("close", (status, signal) => { resolve({ status: status ?? -1, stdout, stderr, signal }); });
  });
  return { child, ended };
}

async function untilKept(out: string, count: number): Promise<void> {
  while (cellsOf(inside(out)).size < count) await new Promise((resolve) => setTimeout(resolve, 5));
}

describe("a sweep that is told to stop", () => {
  it.each([["SIGINT", "1"], ["SIGTERM", "2"], ["SIGHUP", "1"]] as const)("by %s with %s workers keeps what is done, gives its lock back, exits 130, and goes on when resumed", async (signal, workers) => {
    const out = signal.toLowerCase();
    const { child, ended } = begin(out, workers);
    await untilKept(out, 2);
    child.kill(signal);
    const told = await ended;
    expect(told).toMatchObject({ status: 130, signal: null });
    expect(told.stderr).toContain("many-coins: interrupted");
    expect(told.stderr).toContain("interrupted; what was finished is kept");
    expect(existsSync(at(inside(out), "lock"))).toBe(false);
    const kept = cellsOf(inside(out));
    expect(kept.size).toBeLessThan(48);
    expect([...journalOf(inside(out)).entries.keys()].sort()).toEqual([...kept.keys()].sort());
    expect(await tell(folder.path, ["sweep", "resume", "--out", out, "--workers", "1"])).toMatchObject({ status: 0, stderr: expect.stringContaining(`identical with the plan that is there: ${kept.size} of its 48 cells are kept, the others run`) as string });
    expect(recordOf(inside(out), "many-coins")).toBe(undisturbed);
    expect([...kept].every(([id, number]) => cellsOf(inside(out)).get(id) === number)).toBe(true);
    expect(complaintsAbout(inside(out))).toEqual([]);
  });
});

describe("two processes on one folder", () => {
  it("do not meet: the second says who is there; when the first is killed, it goes on at once", async () => {
    const { child, ended } = begin("shared", "1");
    // A cell's line follows its file: only then is anything known of how long the rest takes.
    while (!existsSync(at(inside("shared"), "journal.jsonl")) || journalOf(inside("shared")).entries.size < 1) await new Promise((resolve) => setTimeout(resolve, 5));
    // It lives, and does not end while others look at it.
    child.kill("SIGSTOP");
    const words = `process ${child.pid!} on this machine is running this sweep since`;
    for (const command of [["run", ...study], ["resume"]]) {
      const told = await tell(folder.path, ["sweep", ...command, "--out", "shared", "--workers", "1"]);
      expect(told).toMatchObject({ status: 2, stdout: "", stderr: expect.stringContaining(words) as string });
    }
    const status = JSON.parse((await tell(folder.path, ["sweep", "status", "--out", "shared", "--json"])).stdout) as { running: object; rest: { cpuSeconds: number } };
    expect(status.running).toMatchObject({ pid: child.pid, workers: 1 });
    expect(status.rest.cpuSeconds).toBeGreaterThan(0);
    child.kill("SIGKILL");
    const told = await tell(folder.path, ["sweep", "resume", "--out", "shared", "--workers", "1"]);
    expect((await ended).signal).toBe("SIGKILL");
    expect(told.stderr).toContain(`process ${child.pid!}, which ran this sweep, ended without finishing it; what it kept is taken over`);
    expect(told.status).toBe(0);
    expect(recordOf(inside("shared"), "many-coins")).toBe(undisturbed);
    expect(complaintsAbout(inside("shared"))).toEqual([]);
  });
});

describe("a worker that crashes", () => {
  it("ends the sweep with 3 and the name of the cell; what is kept stays, and resume goes on", async () => {
    const flag = inside("crash");
    const line = `const { N } = size; if (N === 64 && from === 4 && existsSync(${JSON.stringify(flag)})) process.exit(0);`;
    const text = readFileSync(examplePair, "utf8").replace("const { N } = size;", line);
    writeFileSync(inside("pair.mjs"), `import { existsSync } from "node:fs";\n${text}`);
    const words = ["./pair.mjs", "--set", "sizes=32,64,128", "--workers", "1"] as const;
    await tell(folder.path, ["run", ...words, "--out", "sound"]);
    writeFileSync(flag, "");
    const told = await tell(folder.path, ["sweep", "run", ...words, "--out", "crashed"]);
    expect(told.stderr).toMatch(/curie-weiss: pair "curie-weiss" at N = 64, replicas 4 to 7: no answer came from its worker/);
    expect(told.status).toBe(3);
    const kept = cellsOf(inside("crashed"));
    // Three come before it; the other workers of the pool may end what they are at.
    expect(kept.size).toBeGreaterThanOrEqual(3);
    expect(kept.size).toBeLessThan(6);
    expect(existsSync(at(inside("crashed"), "lock"))).toBe(false);
    rmSync(flag);
    expect(await tell(folder.path, ["sweep", "resume", "--out", "crashed", "--workers", "2"])).toMatchObject({ status: 0 });
    expect([...kept].every(([id, number]) => cellsOf(inside("crashed")).get(id) === number)).toBe(true);
    expect(recordOf(inside("crashed"), "curie-weiss")).toBe(recordOf(inside("sound"), "curie-weiss"));
    expect(complaintsAbout(inside("crashed"))).toEqual([]);
  });
});
