/** @file A task of every package, through turbo: what did not change is not run again. */
import { pnpm } from "@mesoscope/boot/pnpm";

/** Findings of `turbo run <task>`: none, or one with what the failing packages said. */
export async function taskFindings(root, task) {
  const args = ["exec", "turbo", "run", task, "--continue", "--concurrency=2", "--output-logs=errors-only", "--log-order=grouped"];
  const { code, output } = await pnpm(root, args, { quiet: true });
  return code === 0 ? [] : [output.trim()];
}
