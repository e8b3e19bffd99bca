import { describe, expect, it } from "vitest";
import { tell } from "../fixtures/world.js";

const compute = (...words: readonly string[]): ReturnType<typeof tell> => tell("/", ["compute", ...words]);

describe("mesoscope compute", () => {
  it("answers JSON with JSON, from the argument or from stdin, and says nothing else", async () => {
    expect(await compute("growth-rate", '{"k":3,"beta":0.5}')).toEqual({ status: 0, stdout: '{"error":0,"value":3}\n', stderr: "" });
    expect(await tell("/", ["compute", "growth-rate"], { stdin: () => Promise.resolve('{"k":3}') })).toEqual({ status: 0, stdout: '{"error":0,"value":6}\n', stderr: "" });
  });

  it("answers a list with a list, in order: one process for a whole curve", async () => {
    expect((await compute("growth-rate", '[{"k":3},{"k":1,"beta":0.5},{"k":3}]')).stdout).toBe('[{"error":0,"value":6},{"error":0,"value":1},{"error":0,"value":6}]\n');
    expect((await compute("growth-rate", "[]")).stdout).toBe("[]\n");
  });

  it("lists quantities with equations and schemas", async () => {
    const told = await compute("--list", "--json");
    expect(JSON.parse(told.stdout)).toMatchObject([{ id: "growth-rate", equations: [{ label: "growth-rate" }], input: { required: ["k"] }, example: { k: 2 } }]);
    expect((await compute("--list")).stdout).toContain("A stand-in for a growth rate");
  });

  it.each([
    ["an unknown quantity", ["growth-rat", "{}"], /quantity "growth-rat": there is none of this name. Did you mean growth-rate\?/],
    ["no quantity", [], /it needs the name of a quantity/],
    ["what is not JSON", ["growth-rate", "{k:3}"], /the input is not JSON .* For example: mesoscope compute growth-rate '\{"k":2,"beta":1\}'/],
    ["NaN", ["growth-rate", '{"k":NaN}'], /the input is not JSON/],
    ["a number", ["growth-rate", "3"], /compute growth-rate: 3: an input is an object of names and values; a list of them gives a list of answers\. For example/],
    ["a list of what is none", ["growth-rate", "[3]"], /input 1 of 1: compute growth-rate: 3: an input is an object/],
    ["a list in a list", ["growth-rate", '[{"k":1},[{"k":1}]]'], /input 2 of 2: compute growth-rate: \[\{"k":1\}\]: an input is an object/],
    ["one of a list, with its place", ["growth-rate", '[{"k":1},{"k":-1}]'], /input 2 of 2: compute growth-rate, k = -1: it must be >= 0/],
    ["where the mathematics of one of a list ends", ["growth-rate", '[{"k":1},{"k":101}]'], /input 2 of 2: k = 101: must be at most 100\. Give a smaller mode\./],
    ["nothing for what has no default", ["growth-rate", "{}"], /k is missing: it has no default/],
    ["a number beyond the largest", ["growth-rate", '{"k":1,"beta":1e400}'], /beta = Infinity: it must be a finite number/],
    ["text for a number", ["growth-rate", '{"k":"3"}'], /k = "3": it must be an integer/],
    ["what is out of range", ["growth-rate", '{"k":3,"beta":-1}'], /beta = -1: it must be > 0/],
    ["an unknown name", ["growth-rate", '{"k":3,"bta":1}'], /"bta" is given: there is no such name here. Did you mean beta\?/],
    ["a prototype", ["growth-rate", '{"k":3,"__proto__":{"beta":2}}'], /"__proto__" is given/],
    ["what has no finite answer", ["growth-rate", '{"k":100,"beta":1e308}'], /compute growth-rate at \{"k":100,"beta":1e\+308\}: answer\.value = Infinity: the answer is not a finite double at this input\. Give values nearer to those of the example/],
    ["where the mathematics ends", ["growth-rate", '{"k":101}'], /k = 101: must be at most 100. Give a smaller mode\./],
  ])("refuses %s with value, rule and remedy", async (_, words, message) => {
    const told = await compute(...words);
    expect(told.stderr).toMatch(message);
    expect(told.stdout).toBe("");
    expect(told.status).toBe(2);
  });
});

describe("the other words", () => {
  it("lists studies, with parameters and levels as JSON", async () => {
    expect((await tell("/", ["studies"])).stdout).toContain("coin-toss");
    const [study] = JSON.parse((await tell("/", ["studies", "--json"])).stdout) as { levels: { quick: { replicas: number } } }[];
    expect(study!.levels.quick.replicas).toBe(16);
  });

  it("documents its exit status and colours", async () => {
    const help = await tell("/", ["--help"]);
    expect(help).toMatchObject({ status: 0, stderr: "" });
    for (const words of ["Exit status:", "NO_COLOR", "--json stdout is one JSON document"]) expect(help.stdout).toContain(words);
    expect(await tell("/", ["--version"])).toMatchObject({ status: 0, stderr: "" });
  });

  it("helps on stdout for every command: an example, what its exit status says, defaults, and lines that fit", async () => {
    const commands = ["run", "sweep", "sweep plan", "sweep run", "sweep status", "sweep resume", "report", "studies", "compute", "check", "init", "cite", "backends", "diff", "export", "completion"];
    for (const command of commands) {
      const { status, stdout, stderr } = await tell("/", [...command.split(" "), "--help"]);
      expect([command, status, stderr]).toEqual([command, 0, ""]);
      expect(stdout, command).toMatch(new RegExp(`\\nExample:\\n  (mesoscope ${command}|mesoscope run)`));
      expect(stdout, command).toMatch(/\nExit status:[ \n]/);
      expect(stdout, command).not.toMatch(/default: (\[\]|default)/);
      expect([command, stdout.split("\n").filter((line) => line.length > 100)]).toEqual([command, []]);
    }
  });

  it("says on stderr that it does not know a command", async () => {
    const told = await tell("/", ["rnu"]);
    expect(told).toMatchObject({ status: 2, stdout: "" });
    expect(told.stderr).toContain("unknown command 'rnu'");
  });
});
