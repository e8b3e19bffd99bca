import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { holderOf, takeLock, type LockOwner } from "../../src/sweep/lock.js";
import { livenessOf, thisProcess } from "../../src/sweep/process-identity.js";
import { temporaryFolder } from "../fixtures/world.js";

const folder = temporaryFolder();
const path = join(folder.path, "lock");
afterAll(() => {
  folder.remove();
});
beforeEach(() => {
  for (const name of readdirSync(folder.path)) rmSync(join(folder.path, name));
});

const dead = spawnSync(process.execPath, ["--version"]).pid;
const owner = (changes: Partial<LockOwner> = {}): LockOwner => ({ ...thisProcess(), pid: dead, born: "1", since: "2026-01-01T00:00:00.000Z", workers: 2, nonce: "n", ...changes });
const text = (changes: Partial<LockOwner> = {}): string => `${JSON.stringify(owner(changes))}\n`;
const heirOf = (found: string): string => `${path}.heir-${createHash("sha256").update(found).digest("hex").slice(0, 32)}`;

describe("the lock of a sweep", () => {
  it("is refused while its owner lives, told with who it is, and given back", async () => {
    const lock = await takeLock(path, 3);
    expect(lock.takenFrom).toBeUndefined();
    expect(await holderOf(path)).toMatchObject({ pid: process.pid, workers: 3 });
    await expect(takeLock(path, 1)).rejects.toThrow(new RegExp(`process ${process.pid} on this machine is running this sweep since .*Z\\. Wait for it, or stop it\\.`));
    await lock.release();
    expect(readdirSync(folder.path)).toEqual([]);
    await (await takeLock(path, 1)).release();
  });

  it.each<[string, string]>([
    ["a process that has ended", text()],
    ["a process whose number was given again", text({ pid: process.pid })],
    ["a process of this machine, when it had another name", text({ host: "named-before" })],
    ["a process before the last boot", text({ pid: process.pid, realm: "another-boot pid:[1]" })],
  ])("is taken over from %s, at once", async (_, stale) => {
    writeFileSync(path, stale);
    expect(await holderOf(path)).toBeUndefined();
    const lock = await takeLock(path, 1);
    expect(lock.takenFrom?.since).toBe("2026-01-01T00:00:00.000Z");
    expect(readdirSync(folder.path)).toEqual(["lock"]);
    expect(await holderOf(path)).toMatchObject({ pid: process.pid });
    await lock.release();
  });

  it.each([["zeros", "\0".repeat(200)], ["half a line", text().slice(0, 40)], ["nothing", ""], ["all processes", text({ pid: -1 })], ["its own group", text({ pid: 0 })], ["no count of workers", text({ pid: process.pid, workers: Number.NaN })]])("is taken over if it holds %s: its owner went with the power", async (_, stale) => {
    writeFileSync(path, stale);
    await (await takeLock(path, 1)).release();
    expect(existsSync(path)).toBe(false);
  });

  it("is given back in silence when its folder is gone: nothing of it is left to hold", async () => {
    const inner = join(folder.path, "inner");
    mkdirSync(inner);
    const lock = await takeLock(join(inner, "lock"), 1);
    rmSync(inner, { recursive: true });
    writeFileSync(inner, "");
    await lock.release();
  });

  it("is left alone where its owner cannot be seen: on another machine, in another container", async () => {
    const [boot] = thisProcess().realm.split(" ");
    for (const stranger of [text({ host: "elsewhere", realm: "its-boot pid:[1]" }), text({ host: hostname(), realm: `${boot!} pid:[1]` })]) {
      writeFileSync(path, stranger);
      await expect(takeLock(path, 1)).rejects.toThrow(/process \d+ on .* is running this sweep since .* if it no longer runs, remove .*lock/);
      expect(readFileSync(path, "utf8")).toBe(stranger);
    }
  });

  it("has one heir, also if heirs die in the middle of it, before or after they took it", async () => {
    const [first, second, third] = [text(), text({ nonce: "second" }), text({ nonce: "third" })];
    writeFileSync(path, first);
    writeFileSync(heirOf(first), second);
    writeFileSync(heirOf(second), third);
    const lock = await takeLock(path, 1);
    expect(readdirSync(folder.path)).toEqual(["lock"]);
    await lock.release();
    // The second had renamed its lock onto the first, and died before it removed its guard.
    writeFileSync(path, second);
    writeFileSync(heirOf(first), second);
    await (await takeLock(path, 1)).release();
    expect(readdirSync(folder.path)).toEqual([]);
  });

  it("waits for nobody while an heir that lives takes it", async () => {
    writeFileSync(path, text());
    const living = `${JSON.stringify({ ...owner({ nonce: "heir" }), ...thisProcess() })}\n`;
    writeFileSync(heirOf(text()), living);
    await expect(takeLock(path, 1)).rejects.toThrow("is running this sweep");
    expect(readFileSync(heirOf(text()), "utf8")).toBe(living);
  });

  it("goes to one of many takers, whether it is free or stale, and never to two", async () => {
    for (let round = 0; round < 60; round++) {
      if (round % 3 > 0) writeFileSync(path, text({ nonce: String(round) }));
      if (round % 3 > 1) writeFileSync(heirOf(text({ nonce: String(round) })), text({ nonce: `heir ${round}` }));
      const results = await Promise.allSettled(Array.from({ length: 12 }, () => takeLock(path, 1)));
      const won = results.filter((result) => result.status === "fulfilled");
      expect(won).toHaveLength(1);
      for (const result of results) if (result.status === "rejected") expect(String(result.reason)).toContain("is running this sweep");
      await won[0]!.value.release();
      expect(readdirSync(folder.path)).toEqual([]);
    }
  });
});

describe("a process that was killed", () => {
  it.skipIf(!existsSync("/proc/self/stat"))("is gone at once, also as a zombie that nobody has collected", async () => {
    // The shell becomes `sleep`, which does not collect its children; until it has, it still might.
    const parent = spawn("sh", ["-c", "sleep 60 & echo $!; exec sleep 60"], { stdio: ["ignore", "pipe", "ignore"] });
    const pid = Number(await new Promise<string>((resolve) => parent.stdout.once("data", (chunk: Buffer) => { resolve(chunk.toString()); })));
    for (let look = 0; look < 2000 && !readFileSync(`/proc/${parent.pid!}/stat`, "utf8").includes("(sleep)"); look++) await new Promise((resolve) => setTimeout(resolve, 5));
    const identity = { ...thisProcess(), pid, born: readFileSync(`/proc/${pid}/stat`, "utf8").split(" ")[21]! };
    expect(livenessOf(identity)).toBe("lives");
    process.kill(pid, "SIGKILL");
    for (let look = 0; look < 100 && livenessOf(identity) !== "gone"; look++) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(livenessOf(identity)).toBe("gone");
    expect(existsSync(`/proc/${pid}`)).toBe(true);
    parent.kill("SIGKILL");
  });
});
