import { spawn, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { freshness, remember } from "../src/freshness.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const cli = `
if (process.argv[2] === "wait") setInterval(() => {}, 1000), process.on("SIGTERM", () => process.exit(7)), console.log("waiting");
else {
  console.log(JSON.stringify({ args: process.argv.slice(2), folder: process.cwd() }));
  process.exitCode = process.argv.includes("fail") ? 42 : 0;
}`;

const made = [];
afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
});
function temporaryFolder() {
  made.push(realpathSync(mkdtempSync(join(tmpdir(), "boot-"))));
  return made.at(-1);
}

const everything = ["install", "build"];

/** A workspace with a command-line tool of a few lines, in which everything is up to date; each test has its own. */
function upToDate() {
  const root = temporaryFolder();
  const files = {
    "package.json": '{ "packageManager": "pnpm@0.0.0-nowhere", "private": true }',
    "pnpm-lock.yaml": "",
    "apps/report/package.json": '{ "name": "mesoscope", "type": "module", "scripts": { "build": "x" } }',
    "apps/report/src/cli.ts": "",
    "apps/report/dist/cli.js": cli,
  };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  cpSync(join(here, "..", "src"), join(root, "tooling", "boot", "src"), { recursive: true });
  cpSync(join(here, "..", "boot.mjs"), bootOf(root));
  remember(root, everything, freshness(root).now);
  return root;
}

const bootOf = (root) => join(root, "tooling", "boot", "boot.mjs");
const elsewhere = temporaryFolder();
const run = (root, ...args) =>
  spawnSync(process.execPath, [bootOf(root), ...args], { cwd: root, env: { ...process.env, INIT_CWD: elsewhere }, encoding: "utf8" });

describe("mesoscope, when everything is up to date", () => {
  it("runs where the user stands, with the arguments as they are, and says nothing of its own", () => {
    const { stdout, stderr, status } = run(upToDate(), "mesoscope", "compute", "a b", "--list", '{"x":1}');
    expect(JSON.parse(stdout)).toEqual({ args: ["compute", "a b", "--list", '{"x":1}'], folder: elsewhere });
    expect(stderr).toBe("");
    expect(status).toBe(0);
  });

  it("passes the exit code through", () => {
    expect(run(upToDate(), "mesoscope", "fail").status).toBe(42);
  });

  it("leaves signals to the tool", async () => {
    const root = upToDate();
    const child = spawn(process.execPath, [bootOf(root), "mesoscope", "wait"], { cwd: root, stdio: ["ignore", "pipe", "inherit"] });
    child.stdout.once("data", () => child.kill("SIGTERM"));
    expect(await new Promise((resolve) => child.on("exit", resolve))).toBe(7);
  });
});

it("an unknown job is refused with the known ones", () => {
  const { stderr, status } = run(upToDate(), "strat");
  expect(stderr).toContain('Unknown job "strat"');
  expect(stderr).toContain("start, test");
  expect(status).toBe(1);
});

describe("freshness", () => {
  it("holds until a source, a manifest or the lockfile changes, or a dist goes", () => {
    const root = upToDate();
    expect(freshness(root)).toMatchObject({ install: true, build: true });
    writeFileSync(join(root, "apps/report/src/cli.ts"), "// changed");
    expect(freshness(root)).toMatchObject({ install: true, build: false });
    remember(root, everything, freshness(root).now);
    writeFileSync(join(root, "pnpm-lock.yaml"), "changed: true");
    expect(freshness(root)).toMatchObject({ install: false, build: false });
    remember(root, everything, freshness(root).now);
    rmSync(join(root, "apps/report/dist"), { recursive: true });
    expect(freshness(root)).toMatchObject({ install: true, build: false });
  });

  it("a failed install shows its output and a sentence, and nothing runs", () => {
    const root = upToDate();
    rmSync(join(root, "node_modules"), { recursive: true });
    const { stdout, stderr, status } = run(root, "mesoscope", "compute");
    expect(stderr).toContain("installing packages (pnpm@0.0.0-nowhere): failed");
    expect(stdout).toBe("");
    expect(status).toBe(1);
  });
});
