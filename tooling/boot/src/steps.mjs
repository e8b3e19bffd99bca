/** @file Install and build: each says in one line what it does, keeps its output to itself unless it fails, and is skipped when nothing changed. */
import { freshness, remember } from "./freshness.mjs";
import { packageManager, pnpm } from "./pnpm.mjs";

/** Words go to stderr: stdout belongs to the job. */
export function say(line) {
  process.stderr.write(`${line}\n`);
}

/** Raised when a step fails; the step's output has been shown by then. */
export class StepFailed extends Error {}

async function step(root, words, args, remedy) {
  const start = Date.now();
  say(`${words} ...`);
  const { code, output } = await pnpm(root, args, { quiet: true });
  if (code !== 0) {
    process.stderr.write(output);
    throw new StepFailed(`${words}: failed (exit ${code}). ${remedy}`);
  }
  say(`${words}: done in ${((Date.now() - start) / 1000).toFixed(1)} s`);
}

/** Brings node_modules up to date, if anything that it follows from has changed. */
export async function install(root) {
  const found = freshness(root);
  if (found.install) return;
  await step(
    root,
    `installing packages (${packageManager(root)})`,
    ["install", "--frozen-lockfile", "--prefer-offline"],
    "What pnpm said stands above; it needs to reach an npm registry the first time.",
  );
  remember(root, ["install"], found.now);
}

/** Brings every dist/ up to date, if any source has changed. */
export async function build(root) {
  const found = freshness(root);
  if (found.build) return;
  await step(
    root,
    "building",
    ["exec", "turbo", "run", "build", "--output-logs=errors-only", "--log-prefix=none"],
    "What the compiler said stands above.",
  );
  // The fingerprint from before the build: a source changed meanwhile is then seen as new.
  remember(root, ["install", "build"], found.now);
}

/** Both, doing only what is needed. */
export async function installAndBuild(root) {
  await install(root);
  await build(root);
}
