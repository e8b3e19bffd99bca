import { resolve } from "node:path";
import { exitStatus } from "../../failure.js";
import { readRecordFile } from "../../output/records.js";
import type { World } from "../../world.js";
import { forTerminal } from "../../words.js";
import { compareRecords } from "./record-difference.js";
import { showDifference, warnings } from "./show-difference.js";

/**
 * `mesoscope diff`: what changed between two records, and whether chance explains it. The exit status is "partial" where it does not:
 * something beyond chance, other bytes for an equal request, or an outcome that changed where no interval tells.
 */
export async function diff(files: readonly [string, string], options: { readonly json?: boolean }, world: World): Promise<number> {
  const first = await readRecordFile(resolve(world.folder, files[0]), files[0]);
  const second = await readRecordFile(resolve(world.folder, files[1]), files[1]);
  const difference = compareRecords(first, second);
  for (const warning of warnings(difference)) world.stderr.write(`${forTerminal(warning)}\n`);
  world.stdout.write(options.json === true ? `${JSON.stringify(difference, null, 2)}\n` : showDifference(difference, world));
  const { beyondChance, unexplained, reproducibilityFault } = difference;
  return beyondChance > 0 || unexplained > 0 || reproducibilityFault ? exitStatus.partial : exitStatus.done;
}
