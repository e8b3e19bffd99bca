import { appendFileSync, copyFileSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { at, cellFile, cellsOf, complaintsAbout, journalOf, journalTextOf, plannedIds, recordOf } from "../fixtures/sweep.js";
import { tell, temporaryFolder, type Told } from "../fixtures/world.js";

const folder = temporaryFolder();
const out = join(folder.path, "s");
afterAll(() => {
  folder.remove();
});

const request = ["coin-toss", "--level", "quick", "--workers", "1"] as const;
const sweep = (...words: readonly string[]): Promise<Told> => tell(folder.path, ["sweep", ...words, "--out", "s"]);
const status = async (): Promise<{ readonly cells: number; readonly done: number; readonly faults: readonly string[] }> => JSON.parse((await sweep("status", "--json")).stdout) as never;
let undisturbed = "";

beforeAll(async () => {
  await tell(folder.path, ["run", ...request, "--out", "plain"]);
  undisturbed = recordOf(join(folder.path, "plain"), "coin-toss");
  expect(await tell(folder.path, ["sweep", "run", ...request, "--out", "done"])).toMatchObject({ status: 0 });
  expect(recordOf(join(folder.path, "done"), "coin-toss")).toBe(undisturbed);
  rmSync(join(folder.path, "done", "records", "coin-toss.record.json"));
});
beforeEach(() => {
  rmSync(out, { recursive: true, force: true });
  cpSync(join(folder.path, "done"), out, { recursive: true });
});

/** Resumes, and expects the record of an undisturbed run, made from cells of which only these were written again. */
async function resumes(again: readonly string[]): Promise<string> {
  const before = cellsOf(out);
  const told = await sweep("resume", "--workers", "1");
  expect(told).toMatchObject({ status: 0 });
  expect(recordOf(out, "coin-toss")).toBe(undisturbed);
  const after = cellsOf(out);
  expect([...after].filter(([id, number]) => before.get(id) !== number).map(([id]) => id).sort()).toEqual([...again].sort());
  return told.stderr;
}

describe("the cells of a sweep", () => {
  it("are read, not run, and each is in the journal once", async () => {
    expect(await resumes([])).toContain("identical with the plan that is there: all of its 6 cells are kept");
    expect(complaintsAbout(out)).toEqual([]);
  });

  it.each<[string, (path: string) => void, string]>([
    ["zero-filled", (path) => { writeFileSync(path, new Uint8Array(readFileSync(path).length)); }, "bytes are zeros: the disk lost it"],
    ["empty", (path) => { truncateSync(path); }, "it is empty"],
    ["truncated", (path) => { truncateSync(path, readFileSync(path).length - 7); }, "bytes of numbers are there"],
    ["altered", (path) => { writeFileSync(path, readFileSync(path).fill(7, readFileSync(path).length - 2)); }, "its checksum does not belong to its contents"],
    ["another cell's", (path) => { copyFileSync(cellFile(out, plannedIds(out)[5]!), path); }, "it is the cell"],
  ])("are put aside when one is %s, and only that one runs again", async (_, damage, words) => {
    const id = plannedIds(out)[2]!;
    damage(cellFile(out, id));
    expect((await status()).faults).toEqual([expect.stringContaining(words)]);
    expect((await status()).done).toBe(5);
    expect(await resumes([id])).toContain(words);
    expect(existsSync(`${cellFile(out, id)}.damaged`)).toBe(true);
    expect(complaintsAbout(out)).toEqual([]);
  });

  it("are adopted when the process was killed between the file and its line, and the line is written once", async () => {
    const lines = journalTextOf(out).split("\n");
    writeFileSync(at(out, "journal.jsonl"), `${lines.slice(0, 3).join("\n")}\n`);
    await resumes([]);
    expect(complaintsAbout(out)).toEqual([]);
  });

  it("run again when their files are gone, without a second line", async () => {
    const id = plannedIds(out)[0]!;
    rmSync(cellFile(out, id));
    await resumes([id]);
    expect(complaintsAbout(out)).toEqual([]);
  });

  it("leave no unfinished file of a killed process behind", async () => {
    const id = plannedIds(out)[0]!;
    const torn = join(dirname(cellFile(out, id)), `.${id}.cell.999999.tmp`);
    writeFileSync(torn, "half");
    await resumes([]);
    expect(existsSync(torn)).toBe(false);
  });
});

describe("a journal", () => {
  const journal = at(out, "journal.jsonl");
  it.each<[string, () => void, RegExp, number]>([
    ["with a torn last line", () => { truncateSync(journal, readFileSync(journal).length - 30); }, /journal: line 6 ends in the middle/, 6],
    ["with a torn line that others follow", () => { writeFileSync(journal, journalTextOf(out).replace(/.{30}\n/, "\n")); }, /journal: line 1 does not fit its checksum, and does not count/, 6],
    ["that is zero-filled", () => { writeFileSync(journal, new Uint8Array(2000)); }, /journal: line 1 holds zeros that nobody wrote/, 6],
    ["with a stretch of zeros at its end", () => { appendFileSync(journal, new Uint8Array(500)); }, /journal: line 7 holds zeros/, 6],
    ["with a line twice", () => { appendFileSync(journal, `${journalTextOf(out).split("\n")[1]!}\n`); }, /journal: line 7 names a cell a second time, with the same bytes/, 6],
    ["with a wrong checksum", () => { writeFileSync(journal, journalTextOf(out).replace(/"xsum":"./, '"xsum":"-')); }, /journal: line 1 does not fit its checksum/, 6],
    ["with lines of a newer version", () => { writeFileSync(journal, journalTextOf(out).replaceAll('"version":1', '"version":9')); }, /journal: each of 6 lines \(1, 2, 3, 4, 5, \.\.\.\) was written by a newer Mesoscope/, 6],
    ["that is gone", () => { rmSync(journal); }, /identical with the plan/, 6],
  ])("%s keeps what is valid, and says what happened", async (_, damage, words, valid) => {
    damage();
    const told = await resumes([]);
    expect(told).toMatch(words);
    expect(journalOf(out).entries.size).toBe(valid);
    const again = journalTextOf(out);
    await resumes([]);
    expect(journalTextOf(out)).toBe(again);
  });
});

describe("a manifest", () => {
  it("that is zero-filled is told, and written anew by the same request, which finds its cells", async () => {
    writeFileSync(at(out, "manifest.json"), new Uint8Array(400));
    const refused = await sweep("resume");
    expect(refused.status).toBe(2);
    expect(refused.stderr).toMatch(/the plan cannot be read: .*it is not JSON.*cells that were kept are found again/);
    const before = cellsOf(out);
    const told = await sweep("run", ...request);
    expect(told).toMatchObject({ status: 0, stderr: expect.stringContaining("The plan is written anew.") as string });
    expect(cellsOf(out)).toEqual(before);
    expect(recordOf(out, "coin-toss")).toBe(undisturbed);
  });

  it("of a newer Mesoscope is left alone", async () => {
    const newer = readFileSync(at(out, "manifest.json"), "utf8").replace('"manifestVersion":1', '"manifestVersion":2');
    writeFileSync(at(out, "manifest.json"), newer);
    for (const words of [["resume"], ["run", ...request], ["status"]]) {
      expect(await sweep(...words)).toMatchObject({ status: 2, stderr: expect.stringContaining("this Mesoscope reads version 1. Use the Mesoscope that wrote it") as string });
    }
    expect(readFileSync(at(out, "manifest.json"), "utf8")).toBe(newer);
  });
});

describe("a sweep", () => {
  it("does not depend on the clock, also when it goes back", async () => {
    for (const [when, id] of [["2001-01-01", 1], ["1975-05-05", 4]] as const) {
      rmSync(cellFile(out, plannedIds(out)[id]!));
      vi.useFakeTimers({ toFake: ["Date"], now: new Date(when) });
      await resumes([plannedIds(out)[id]!]).finally(() => vi.useRealTimers());
      expect(readFileSync(join(out, "records", "coin-toss.run.json"), "utf8")).toContain(`"started": "${when}`);
    }
    expect(complaintsAbout(out)).toEqual([]);
  });

  it.each([["journal", "journal.jsonl"], ["lock", "lock"], ["folder of cells", "cells"]])("refuses a link in place of its %s, and leaves what it leads to as it is", async (_, name) => {
    const elsewhere = join(folder.path, "outside");
    const path = name === "cells" ? dirname(cellFile(out, plannedIds(out)[0]!)) : at(out, name);
    mkdirSync(elsewhere);
    for (const file of ["file", ".note.999999.tmp"]) writeFileSync(join(elsewhere, file), "mine");
    rmSync(path, { recursive: true, force: true });
    symlinkSync(name === "cells" ? elsewhere : join(elsewhere, "file"), path);
    const told = await sweep("resume", "--workers", "1");
    expect(readdirSync(elsewhere).sort().map((file) => `${file}: ${readFileSync(join(elsewhere, file), "utf8")}`)).toEqual([".note.999999.tmp: mine", "file: mine"]);
    expect(told).toMatchObject({ status: 2, stderr: expect.stringMatching(/is a link to .*outside.*: a sweep stays inside the output folder/) as string });
    rmSync(elsewhere, { recursive: true });
  });

  it("puts a folder aside that has the name of a cell, and leaves files alone that it did not write", async () => {
    const path = cellFile(out, plannedIds(out)[1]!);
    rmSync(path);
    mkdirSync(path);
    writeFileSync(join(out, ".notes.999999.tmp"), "mine");
    writeFileSync(join(out, ".index.html.999999.tmp"), "half a page");
    expect(await sweep("resume", "--workers", "1")).toMatchObject({ status: 0, stderr: expect.stringContaining("it is a folder; it is put aside") as string });
    expect(readdirSync(out).sort()).toEqual([".notes.999999.tmp", "index.html", "records", "ro-crate-metadata.json", "studies", "sweep"]);
  });

  it("lets its status be interrupted", async () => {
    expect(await tell(folder.path, ["sweep", "status", "--out", "s"], { signal: AbortSignal.abort() })).toMatchObject({ status: 130, stdout: "" });
  });

  it("stays inside its folder", async () => {
    mkdirSync(join(folder.path, "elsewhere"), { recursive: true });
    renameSync(at(out), join(folder.path, "elsewhere", "sweep"));
    symlinkSync(join(folder.path, "elsewhere", "sweep"), at(out));
    expect(await sweep("resume")).toMatchObject({ status: 2, stderr: expect.stringMatching(/is a link to .*a sweep stays inside the output folder/) as string });
    rmSync(join(folder.path, "elsewhere"), { recursive: true });
  });
});
