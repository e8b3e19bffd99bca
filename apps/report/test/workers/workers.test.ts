import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { fakeCommand, start } from "../fixtures/process.js";
import { temporaryFolder } from "../fixtures/world.js";

const examples = join(dirname(fileURLToPath(import.meta.url)), "../../../../examples");
let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => {
  folder.remove();
});

const bytes = (out: string, id: string): string => readFileSync(join(folder.path, out, "records", `${id}.record.json`), "utf8");

describe("the built command as a process", () => {
  it("makes the same bytes with 1 and 2 workers, for bundled pairs and a stranger's", async () => {
    const pair = join(examples, "my-pair.mjs");
    for (const workers of ["1", "2"]) {
      const told = await start(fakeCommand, ["run", "coin-toss", pair, "--level", "quick", "--workers", workers, "--out", `out-${workers}`], folder.path);
      expect(told.stderr).not.toMatch(/Warning|failed/);
      expect(told.status).toBe(0);
    }
    for (const id of ["coin-toss", "curie-weiss"]) {
      expect(bytes("out-2", id)).toBe(bytes("out-1", id));
    }
    const page = (out: string): string => readFileSync(join(folder.path, out, "index.html"), "utf8");
    expect(page("out-2")).toBe(page("out-1"));
  });

  it.each(["1", "2"])("stops at Ctrl-C with %s workers: keeps what was finished, exits 130", async (workers) => {
    let isStopped = false;
    const told = await start(fakeCommand, ["run", "coin-toss", "endless", "--level", "quick", "--workers", workers], folder.path, (child, stderr) => {
      if (isStopped || !stderr.includes("endless: started")) return;
      isStopped = true;
      setTimeout(() => child.kill("SIGINT"), 300);
    });
    expect(told.stderr).toContain("endless: interrupted");
    expect(told.status).toBe(130);
    expect(bytes("reports", "coin-toss")).toContain('"id":"coin-toss"');
    expect(existsSync(join(folder.path, "reports", "index.html"))).toBe(true);
  });

  it("reads JSON from stdin and writes JSON to stdout", async () => {
    expect(await start(fakeCommand, ["compute", "growth-rate"], folder.path, undefined, '{"k": 2}')).toEqual({ status: 0, stdout: '{"error":0,"value":4}\n', stderr: "" });
  });
});
