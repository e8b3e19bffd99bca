import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { appendFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DiskRefused } from "../../src/failure.js";
import { localDisk, type Disk } from "../../src/sweep/disk.js";
import { cellsOf, complaintsAbout, recordOf } from "../fixtures/sweep.js";
import { tell, temporaryFolder } from "../fixtures/world.js";

const folder = temporaryFolder();
const inside = (...way: readonly string[]): string => join(folder.path, ...way);
const request = ["many-coins", "--workers", "1"] as const;
let undisturbed = "";
beforeAll(async () => {
  await tell(folder.path, ["run", ...request, "--out", "plain"]);
  undisturbed = recordOf(inside("plain"), "many-coins");
});
afterAll(() => {
  folder.remove();
});

const failing = (path: string, code: string): Promise<never> => Promise.reject(new DiskRefused(path, Object.assign(new RangeError(code), { code })));

/** A disk on which a call fails from some time on: a stand-in where nothing can be mounted, and for faults that no mount has. */
function failingDisk(code: string, isFailing: (path: string) => boolean): Disk {
  return {
    ...localDisk,
    writeWhole: (path, content) => (isFailing(path) ? failing(path, code) : localDisk.writeWhole(path, content)),
    async append(path, lines) {
      if (!isFailing(path)) return localDisk.append(path, lines);
      // As a full disk does: some of it is written.
      await appendFile(path, lines.slice(0, lines.length >> 1));
      return failing(path, code);
    },
  };
}

/** Resumes on a sound disk: what was kept is not run again, and the record is that of an undisturbed run. */
async function resumes(out: string, expected: readonly string[] = []): Promise<void> {
  const before = cellsOf(out);
  expect(await tell(folder.path, ["sweep", "resume", "--out", out, "--workers", "1"])).toMatchObject({ status: 0 });
  expect([...before].every(([id, number]) => cellsOf(out).get(id) === number)).toBe(true);
  expect(recordOf(out, "many-coins")).toBe(undisturbed);
  expect(complaintsAbout(out)).toEqual(expected);
}

describe("a disk that fails in the middle of a sweep", () => {
  it.each([
    ["ENOSPC", "a cell", /cell: it cannot be written \(ENOSPC: the disk is full\)\. Make room; everything that was finished is kept\./],
    ["EIO", "a cell", /cell: it cannot be written \(EIO: the disk fails\)\. Look at the system's log/],
    ["ENOSPC", "the journal", /journal\.jsonl: it cannot be written \(ENOSPC: the disk is full\)/],
    ["EROFS", "the journal", /journal\.jsonl: it cannot be written \(EROFS: the file system is read-only\)/],
  ])("with %s at %s is told in a paragraph, keeps what is valid, and is resumed", async (code, where, message) => {
    const out = inside(`${code}-${where.slice(-4)}`);
    const disk = failingDisk(code, (path) => cellsOf(out).size >= 10 && (where === "a cell" ? path.endsWith(".cell") : path.endsWith(".jsonl")));
    const told = await tell(folder.path, ["sweep", "run", ...request, "--out", out], { disk });
    expect(told.stderr).toMatch(message);
    expect(told.stderr.match(/cannot be written/g)).toHaveLength(1);
    expect(told.status).toBe(3);
    const kept = cellsOf(out).size;
    expect(kept).toBe(10);
    await resumes(out, where === "a cell" ? [] : [expect.stringContaining("does not fit its checksum") as string]);
  });

  it("or a folder that is moved away under it, exits 3 and goes on at the new place", async () => {
    const [before, after] = [inside("here"), inside("there")];
    const disk: Disk = {
      ...localDisk,
      writeWhole(path, content) {
        if (path.endsWith(".cell") && cellsOf(before).size === 10) renameSync(before, after);
        return localDisk.writeWhole(path, content);
      },
    };
    const told = await tell(folder.path, ["sweep", "run", ...request, "--out", before], { disk });
    expect(told.stderr).toMatch(/\.cell: it cannot be written \(ENOENT: it, or its folder, was moved or removed\)\. Put the folder back, or go on where it is now\./);
    expect(told.stderr).not.toContain("fault of Mesoscope");
    expect(told.status).toBe(3);
    expect(existsSync(before)).toBe(false);
    // The process lives, and so does the lock that it could not find: as it will be when it has ended.
    rmSync(join(after, "sweep", "lock"));
    await resumes(after);
  });

  it("with two workers keeps every cell that was whole", async () => {
    const out = inside("two");
    const disk = failingDisk("ENOSPC", (path) => path.endsWith(".cell") && cellsOf(out).size >= 10);
    expect((await tell(folder.path, ["sweep", "run", "many-coins", "--workers", "2", "--out", out], { disk })).status).toBe(3);
    expect(cellsOf(out).size).toBeGreaterThanOrEqual(10);
    await resumes(out);
  });
});

/** A file system in memory, or why there cannot be one. */
function mountSmall(path: string, size: string): string | undefined {
  mkdirSync(path, { recursive: true });
  const { status, stderr, error } = spawnSync("mount", ["-t", "tmpfs", "-o", `size=${size}`, "none", path], { encoding: "utf8" });
  return status === 0 ? undefined : `${error?.message ?? ""}${stderr}`.trim();
}

const place = inside("mounted");
const refusal = mountSmall(place, "200k");
const out = join(place, "sweep-1");
afterAll(() => {
  if (refusal === undefined) spawnSync("umount", [place]);
  rmSync(place, { recursive: true, force: true });
});
const remount = (options: string): void => {
  expect(spawnSync("mount", ["-o", `remount,${options}`, place]).status).toBe(0);
};

describe("a small disk that is mounted", () => {
  it("gets full, gets more room, gets read-only, and gets writable again: the sweep goes on where it was", async () => {
    if (refusal !== undefined) {
      console.log(`NOT MOUNTED: no file system can be mounted here (${refusal}); full and read-only disks were tested by injected faults alone`);
      expect(refusal).not.toBe("");
      return;
    }
    // The plan says that it will not fit: that is refused with the estimate. Then the plan of what looks small is made large.
    const foreseen = await tell(folder.path, ["sweep", "run", ...request, "--out", out]);
    expect(foreseen).toMatchObject({ status: 2, stderr: expect.stringMatching(/this sweep is 48 cells.* on disk: only .* are free there\. Make room/) as string });
    remount("size=1m");
    expect((await tell(folder.path, ["sweep", "plan", ...request, "--out", out])).status).toBe(0);
    remount("size=140k");
    const full = await tell(folder.path, ["sweep", "resume", "--out", out, "--workers", "1"]);
    expect(full.stderr).toMatch(/cannot be written \(ENOSPC: the disk is full\)\. Make room; everything that was finished is kept/);
    expect(full.status).toBe(3);
    const kept = cellsOf(out);
    expect(kept.size).toBeGreaterThan(5);
    expect(kept.size).toBeLessThan(48);

    remount("size=64m,ro");
    for (const words of [["resume"], ["run", ...request], ["plan", ...request]]) {
      const refused = await tell(folder.path, ["sweep", ...words, "--out", out]);
      expect(refused).toMatchObject({ status: 2, stderr: expect.stringMatching(/it cannot be written to \(EROFS\)\. Choose a folder that you may write to/) as string });
    }
    expect((await tell(folder.path, ["sweep", "status", "--out", out])).stdout).toContain(`in all: ${kept.size} of 48 cells are done`);
    expect(cellsOf(out)).toEqual(kept);

    remount("rw");
    await resumes(out);
  });
});
