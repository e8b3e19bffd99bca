import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { fakeCommand, start } from "../fixtures/process.js";
import { examplePair, tell, temporaryFolder } from "../fixtures/world.js";

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => {
  folder.remove();
});

const bytes = (out: string, id: string): string => readFileSync(join(folder.path, out, "records", `${id}.record.json`), "utf8");

describe("any number of workers", () => {
  it("makes the same bytes, of bundled pairs and a stranger's", async () => {
    for (const workers of ["1", "2"]) {
      const told = await tell(folder.path, ["run", "coin-toss", examplePair, "--level", "quick", "--workers", workers, "--out", `out-${workers}`]);
      expect(told.stderr).not.toContain("failed");
      expect(told.status).toBe(0);
    }
    for (const id of ["coin-toss", "curie-weiss"]) {
      expect(bytes("out-2", id)).toBe(bytes("out-1", id));
    }
    const page = (out: string): string => readFileSync(join(folder.path, out, "index.html"), "utf8");
    expect(page("out-2")).toBe(page("out-1"));
  });
});

describe("the built command as a process", () => {
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

  it("goes on to its page when nobody reads its words any more", async () => {
    const told = await start(fakeCommand, ["run", "coin-toss", "failing", "--level", "quick", "--workers", "1"], folder.path, (child) => {
      child.stderr?.destroy();
      child.stdout?.destroy();
    });
    expect(told.stderr).toContain("coin-toss: started");
    expect(told.status).toBe(3);
    expect(readFileSync(join(folder.path, "reports", "index.html"), "utf8")).toContain('id="coin-toss"');
  });

  it("keeps stdout for its result, whatever a module prints, wherever it runs", async () => {
    const noisy = readFileSync(examplePair, "utf8").replace("const { N } = size;", 'const { N } = size; console.log("from sample");');
    writeFileSync(join(folder.path, "pair.mjs"), `console.log("from the top"); process.stdout.write("as it is\\n");\n${noisy}`);
    const told = await start(fakeCommand, ["run", "./pair.mjs", "--level", "quick", "--workers", "1", "--set", "sizes=32", "--json"], folder.path);
    expect((JSON.parse(told.stdout) as { records: { id: string }[] }).records.map(({ id }) => id)).toEqual(["curie-weiss"]);
    for (const noise of ["from sample", "from the top", "as it is"]) expect(told.stderr).toContain(noise);
    expect(told.stderr).not.toContain("Warning");
    expect(told.status).toBe(0);
  });

  it("is no success when a module ends it", async () => {
    writeFileSync(join(folder.path, "pair.mjs"), `process.exit(0);\n`);
    const told = await start(fakeCommand, ["run", "./pair.mjs"], folder.path);
    expect(told).toMatchObject({ status: 3, stdout: "" });
    expect(told.stderr).toContain("the process ended before the command was done: a module ended it");
  });
});
