import { exitStatus } from "../../failure.js";
import { resolveOutput } from "../../output/folder.js";
import { secondsInWords } from "../../sweep/quantities-in-words.js";
import { statusOf, workersFor, type SweepStatus } from "../../sweep/status.js";
import type { World } from "../../world.js";
import { forTerminal } from "../../words.js";
import { requireManifest } from "./resume.js";
import type { OutOptions } from "./options.js";

/** `mesoscope sweep status`: what is done, who runs it, what is wrong, and how long the rest will take. Every kept cell is read and verified. */
export async function status({ out, json }: OutOptions, world: World): Promise<number> {
  const manifest = await requireManifest(out, world);
  const found = await statusOf(manifest, await resolveOutput(out, world.folder), world.signal);
  world.stdout.write(json === true ? `${JSON.stringify(found, null, 2)}\n` : inWords(found, out));
  return exitStatus.done;
}

function inWords({ cells, done, jobs, running, faults, rest }: SweepStatus, out: string): string {
  const isOver = done === cells && jobs.every(({ record }) => record);
  const lines = [
    ...jobs.map((job) => `${job.id}: ${job.done} of ${job.cells} cells, ${job.record ? "record written" : "no record yet"}`),
    `in all: ${done} of ${cells} cells are done${restInWords(rest, workersFor(running))}`,
    running === null ? `nobody runs it${isOver ? "" : `; \`mesoscope sweep resume --out ${out}\` goes on`}` : `process ${running.pid} on ${running.host} runs it since ${running.since}`,
    ...faults,
  ];
  return lines.map((line) => `${forTerminal(line)}\n`).join("");
}

function restInWords(rest: SweepStatus["rest"], workers: number): string {
  if (rest === null) return "; how long the rest takes is not known yet";
  if (rest.cpuSeconds === 0) return "";
  return `; the rest takes ${secondsInWords(rest.cpuSeconds, "about")} of processor time, ${secondsInWords(rest.wallSeconds)} with ${workers} ${workers === 1 ? "worker" : "workers"}`;
}
