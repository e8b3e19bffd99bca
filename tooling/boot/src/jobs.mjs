/** @file The jobs behind the root's npm scripts. Each first brings install and build up to date. */
import { existsSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { pnpm } from "./pnpm.mjs";
import { StepFailed, install, installAndBuild, say } from "./steps.mjs";
import { forgetResults, packageLine, packagesWith, sumTotals } from "./test-totals.mjs";

const root = join(dirname(realpathSync(fileURLToPath(import.meta.url))), "..", "..", "..");

/**
 * Hands this process over to the command-line tool: no second process, so exit code, signals and stdout are the tool's
 * own, and the way there costs nothing.
 */
async function becomeMesoscope(args, folder) {
  const cli = join(root, "apps", "report", "dist", "cli.js");
  if (!existsSync(cli)) throw new StepFailed(`${cli} is missing: the build left no command-line tool. Run: npm test`);
  process.chdir(folder);
  process.argv = [process.argv[0], cli, ...args];
  await import(pathToFileURL(cli).href);
}

/** Runs a test task in every package that has it; ends with the one line that counts. */
async function tests(task, resultName, extra) {
  const packages = packagesWith(root, task, resultName);
  forgetResults(packages);
  say(`running ${task} in ${packages.length} packages ...`);
  const waiting = new Set(packages);
  const show = () => {
    for (const one of waiting) {
      const line = packageLine(one);
      if (line === undefined) continue;
      say(line);
      waiting.delete(one);
    }
  };
  const watch = setInterval(show, 300);
  const { code } = await pnpm(
    root,
    ["exec", "turbo", "run", task, "--continue", "--concurrency=2", "--output-logs=errors-only", "--log-order=grouped", ...extra],
    { quiet: false },
  );
  clearInterval(watch);
  show();
  for (const one of waiting) say(`  ${one.name.padEnd(32)} crashed, or did not run`);
  const { passed, failed } = sumTotals(packages, code);
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}

const jobs = {
  /** The bundled studies at their default level, into ./reports of the workspace. */
  start: async (args) => {
    await installAndBuild(root);
    await becomeMesoscope(["run", "--level", "default", "--out", "reports", ...args], root);
  },
  test: async (args) => {
    await installAndBuild(root);
    await tests("test", "unit", args);
  },
  "test:browser": async (args) => {
    await installAndBuild(root);
    await tests("test:browser", "browser", args);
  },
  /** What a clean checkout must pass beyond its tests (tooling/checks). */
  check: async (args) => {
    await install(root); // the checks that look at what is built build it
    process.argv = [process.argv[0], join(root, "tooling", "checks", "run.mjs"), ...args];
    await import(pathToFileURL(process.argv[1]).href);
  },
  /** Speed against other libraries, in one interleaved run (tooling/bench). */
  bench: async (args) => {
    await installAndBuild(root);
    process.argv = [process.argv[0], join(root, "tooling", "bench", "src", "bench.mjs"), ...args];
    await import(pathToFileURL(process.argv[1]).href);
  },
  /** A turbo task in every package, with its output. */
  turbo: async (args) => {
    await install(root);
    process.exitCode = (await pnpm(root, ["exec", "turbo", "run", ...args], { quiet: false })).code;
  },
  /** The command-line tool, where the user stands (npm itself moves to the root and leaves the place in INIT_CWD). */
  mesoscope: async (args) => {
    await installAndBuild(root);
    await becomeMesoscope(args, process.env.INIT_CWD || process.cwd());
  },
};

/** Runs a job by name. A failed step is a sentence and exit code 1, not a stack. */
export async function runJob(name, args) {
  const job = Object.hasOwn(jobs, name ?? "") ? jobs[name] : undefined;
  if (job === undefined) {
    say(`Unknown job ${JSON.stringify(name ?? "")}: it must be one of ${Object.keys(jobs).join(", ")}.`);
    process.exitCode = 1;
    return;
  }
  try {
    await job(args);
  } catch (error) {
    if (!(error instanceof StepFailed)) throw error;
    say(error.message);
    process.exitCode = 1;
  }
}
