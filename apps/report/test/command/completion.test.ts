import { execFile, spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Command } from "commander";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { kinds } from "../../src/command/completion/values.js";
import { commandTree } from "../../src/command/main.js";
import { realCommand } from "../fixtures/process.js";
import { fakeCatalogue, tell, temporaryFolder } from "../fixtures/world.js";

const folder = temporaryFolder();
afterAll(() => {
  folder.remove();
});

/** What the command answers: values in order, then what the shell completes. */
async function completed(...words: readonly string[]): Promise<readonly string[]> {
  const told = await tell(folder.path, ["complete", "--", ...words]);
  expect(told).toMatchObject({ status: 0, stderr: "" });
  return told.stdout.trimEnd().split("\n").map((line) => line.split("\t")[0]!);
}

describe("mesoscope complete", () => {
  it.each<[readonly string[], readonly string[]]>([
    [["ru"], ["run", ":nothing"]],
    [["sweep", "re"], ["resume", ":nothing"]],
    [["run", "--le"], ["--level", ":nothing"]],
    [["run", "--level", ""], ["quick", "default", "full", ":nothing"]],
    [["run", "--level=q"], ["--level=quick", ":nothing"]],
    [["run", "coin"], ["coin-toss", ":files"]],
    [["run", "coin-toss", "m"], ["misshapen", "many-coins", ":files"]],
    [["run", "--seed", "coin"], [":nothing"]],
    [["run", "--out", ""], [":folders"]],
    [["run", "coin-toss", "--set", "r"], ["replicas=", ":nothing"]],
    [["run", "coin-toss", "--set", "flow="], ["flow=SA", "flow=USA", ":nothing"]],
    [["run", "--set", "p=0.5", "--set", "flow=U"], ["flow=USA", ":nothing"]],
    [["run", "--set=flow=U"], ["--set=flow=USA", ":nothing"]],
    [["sweep", "run", "coin-toss", "--grid", "f"], ["flow=", ":nothing"]],
    [["sweep", "run", "--bud"], ["--budget", ":nothing"]],
    [["compute", "g"], ["growth-rate", ":nothing"]],
    [["compute", "growth-rate", ""], [":nothing"]],
    [["init", "c"], ["coin-toss", ":nothing"]],
    [["init", "--out", ""], [":files"]],
    [["cite", "c"], ["coin-toss", ":files"]],
    [["diff", "a.record.json", ""], [":files"]],
    [["diff", "a", "b", ""], [":nothing"]],
    [["export", "x", "--format", ""], ["svg", "png", "csv", "json", ":nothing"]],
    [["export", "x", "--format", "csv,s"], ["csv,svg", ":nothing"]],
    [["completion", ""], ["bash", "zsh", "fish", ":nothing"]],
    [["run", "--", "--le"], [":files"]],
    [["help", ""], [":nothing"]],
    [["rnu", "--le"], [":nothing"]],
    [["run", "--nonsense", "coin"], ["coin-toss", ":files"]],
    [["run", "--set", "__proto__="], [":nothing"]],
    [["run", "constructor"], [":files"]],
  ])("%j", async (words, answer) => {
    expect(await completed(...words)).toEqual(answer);
  });

  it("offers an option once, unless it collects, and those of the program everywhere", async () => {
    const left = await completed("run", "--json", "--set", "p=0.5", "-");
    expect(left).not.toContain("--json");
    expect(left).toEqual(expect.arrayContaining(["--set", "--debug", "--help"]));
    expect(left).not.toContain("--version");
    expect(await completed("--ver")).toEqual(["--version", ":nothing"]);
  });

  it("offers every command, and not itself", async () => {
    const commands = await completed("");
    expect(commands).toEqual(expect.arrayContaining(["run", "sweep", "report", "studies", "compute", "check", "init", "cite", "backends", "diff", "export", "completion"]));
    expect(commands).not.toContain("complete");
    expect(await completed()).toEqual(commands);
  });

  it("knows what every option and argument takes", () => {
    const world = { stdout: process.stdout, stderr: process.stderr, stdin: () => Promise.resolve(undefined), folder: "/", environment: {}, signal: new AbortController().signal, catalogue: fakeCatalogue, cellWorker: "" };
    const forgotten: string[] = [];
    const visit = (command: Command): void => {
      const named = [...command.registeredArguments.map((one) => [one.name(), one.argChoices] as const), ...command.options.filter(({ required }) => required).map((one) => [one.long!, one.argChoices] as const)];
      for (const [name, choices] of named) if (choices === undefined && name !== "words" && !Object.hasOwn(kinds, name) && !Object.hasOwn(kinds, `${command.name()} ${name}`)) forgotten.push(`${command.name()} ${name}`);
      command.commands.forEach(visit);
    };
    visit(commandTree(world, async (pending) => {
      await pending;
    }));
    expect(forgotten).toEqual([]);
  });
});

describe("mesoscope completion", () => {
  it("prints a script for a shell, and refuses another", async () => {
    for (const shell of ["bash", "zsh", "fish"]) expect((await tell("/", ["completion", shell])).stdout).toContain("mesoscope");
    expect(await tell("/", ["completion", "csh"])).toMatchObject({ status: 2, stdout: "", stderr: expect.stringContaining("Allowed choices are bash, zsh, fish") as string });
  });

  const isThere = (shell: string): boolean => spawnSync(shell, ["-c", "exit 0"]).status === 0;
  const run = promisify(execFile);
  const at = join(folder.path, "shells");
  beforeAll(async () => {
    mkdirSync(join(at, "sub folder"), { recursive: true });
    writeFileSync(join(at, "a study.yaml"), "");
    writeFileSync(join(at, "mesoscope"), `#!/bin/sh\nexec "${process.execPath}" "${realCommand}" "$@"\n`);
    chmodSync(join(at, "mesoscope"), 0o755);
    for (const shell of ["bash", "zsh", "fish"]) writeFileSync(join(at, `script.${shell}`), (await tell("/", ["completion", shell])).stdout);
  });
  const environment = { ...process.env, PATH: `${at}:${process.env["PATH"] ?? ""}`, HOME: at };
  const answer = async (shell: string, words: readonly string[], text: string): Promise<readonly string[]> =>
    (await run(shell, [...words, "-c", text], { cwd: at, env: environment })).stdout.split("\n").filter((line) => line !== "").sort();

  /** The words as bash would part them, the last one being typed. */
  const inBash = (...words: readonly string[]): Promise<readonly string[]> => {
    const line = words.reduce((text, word) => (word === "=" || text.endsWith("=") ? `${text}${word}` : `${text} ${word}`));
    const parted = words.map((word) => `'${word}'`).join(" ");
    return answer("bash", ["--norc"], `source ./script.bash; COMP_WORDBREAKS=$' \\t\\n"\\'><=;|&(:'; COMP_LINE='${line}'; COMP_POINT=${line.length}; COMP_WORDS=(${parted}); COMP_CWORD=${words.length - 1}; _mesoscope; printf '%s\\n' "\${COMPREPLY[@]}"`);
  };

  it.skipIf(!isThere("bash"))("completes in bash", async () => {
    expect(await inBash("mesoscope", "run", "growth")).toEqual(["growth-rates"]);
    expect(await inBash("mesoscope", "run", "a ")).toEqual(["a study.yaml"]);
    // Only what follows the sign is replaced.
    expect(await inBash("mesoscope", "run", "--level", "=", "q")).toEqual(["quick"]);
    expect(await inBash("mesoscope", "run", "growth-rates", "--set", "betas", "=", "1", "--lev")).toEqual(["--level"]);
    expect(await inBash("mesoscope", "run", "--out", "sub")).toEqual(["sub folder"]);
  });

  it.skipIf(!isThere("zsh"))("completes in zsh", async () => {
    const inZsh = (...words: readonly string[]): Promise<readonly string[]> =>
      answer("zsh", ["-f"], `compdef() {}; source ./script.zsh; _describe() { print -l -- "\${(@P)4}" }; _files() { print -- files $@ }; words=(${words.map((word) => `'${word}'`).join(" ")}); CURRENT=${words.length}; PREFIX='${words.at(-1)!}'; _mesoscope`);
    expect(await inZsh("mesoscope", "run", "growth")).toEqual(["files", "growth-rates:Growth rates about the uniform state"]);
    expect(await inZsh("mesoscope", "run", "growth-rates", "--set", "beta")).toEqual([expect.stringMatching(/^betas=:β: inverse temperatures/) as string]);
    expect(await inZsh("mesoscope", "run", "--out", "")).toEqual(["files -/"]);
  });

  it.skipIf(!isThere("fish"))("completes in fish", async () => {
    const inFish = async (line: string): Promise<readonly string[]> => (await answer("fish", ["--no-config"], `source ./script.fish; complete -C '${line}'`)).map((one) => one.split("\t")[0]!);
    expect(await inFish("mesoscope run growth")).toEqual(["growth-rates"]);
    expect(await inFish("mesoscope run --out su")).toEqual(["sub folder/"]);
    expect(await inFish("mesoscope run growth-rates --set bet")).toEqual(["betas="]);
  });
});
