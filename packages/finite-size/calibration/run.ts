/** @file Runs studies: blocks of them on this thread or on workers, counts added. Any number of workers gives the same counts. */
import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { BROKEN, type Broken } from "./broken.js";
import { curveStudy } from "./curve-study.js";
import { jointStudy, seriesStudy } from "./family-study.js";
import { scalingStudy } from "./scaling-study.js";
import type { Scenario } from "./scenario.js";
import { SCENARIOS } from "./scenarios.js";
import { addTallies, counter, type Observe, type Tally } from "./tally.js";

/** Some studies of one scenario, perhaps with a broken estimator. Plain data. */
export interface Block {
  readonly scenario: string;
  readonly broken?: string;
  /** Instead of the scenario's own, for a smaller version. */
  readonly resamples?: number;
  readonly from: number;
  readonly count: number;
}

/** One scenario with how many studies of it. */
export interface Task {
  readonly scenario: string;
  readonly broken?: string;
  readonly resamples?: number;
  readonly studies: number;
}

const BLOCK = 25;

export function scenarioOf(id: string): Scenario {
  const scenario = SCENARIOS.find((one) => one.id === id);
  if (scenario === undefined) throw new RangeError(`There is no scenario "${id}"; there are ${SCENARIOS.map((one) => one.id).join(", ")}.`);
  return scenario;
}

/** The counts of one block. */
export async function runBlock({ scenario: id, broken: brokenId, resamples, from, count }: Block): Promise<Tally> {
  const full = scenarioOf(id);
  const scenario = resamples === undefined ? full : { ...full, resamples };
  const broken = BROKEN.find((one) => one.id === brokenId);
  const { observe, tally } = counter();
  for (let study = from; study < from + count; study++) await runStudy(scenario, study, broken, observe);
  return tally();
}

function runStudy(scenario: Scenario, study: number, broken: Broken | undefined, observe: Observe): Promise<void> {
  switch (scenario.kind) {
    case "curve":
      return curveStudy(scenario, study, broken, observe);
    case "scaling":
      return scalingStudy(scenario, study, broken, observe);
    case "series":
      return seriesStudy(scenario, study, broken, observe);
    case "joint":
      return jointStudy(scenario, study, broken, observe);
  }
}

export interface RunOptions {
  /** 0: on this thread. */
  readonly workers: number;
  readonly onProgress?: (done: number, all: number) => void;
}

/** The counts of every task, in their order. */
export async function runTasks(tasks: readonly Task[], { workers, onProgress }: RunOptions): Promise<readonly Tally[]> {
  const blocks = tasks.flatMap((task, owner) => blocksOf(task).map((block) => ({ block, owner })));
  const parts = tasks.map((): Tally[] => []);
  let next = 0;
  let done = 0;
  const work = async (run: (block: Block) => Promise<Tally>): Promise<void> => {
    while (next < blocks.length) {
      const { block, owner } = blocks[next++]!;
      parts[owner]!.push(await run(block));
      onProgress?.(++done, blocks.length);
    }
  };
  if (workers === 0) await work(runBlock);
  else await Promise.all(Array.from({ length: workers }, () => onWorker(work)));
  return parts.map(addTallies);
}

function blocksOf({ studies, ...rest }: Task): readonly Block[] {
  return Array.from({ length: Math.ceil(studies / BLOCK) }, (_, i) => ({ ...rest, from: i * BLOCK, count: Math.min(BLOCK, studies - i * BLOCK) }));
}

/** Lends a worker to the loop: a block goes in, its counts come out; an error in it ends the run. */
async function onWorker(work: (run: (block: Block) => Promise<Tally>) => Promise<void>): Promise<void> {
  const worker = new Worker(new URL("worker.js", import.meta.url));
  try {
    await work(async (block) => {
      worker.postMessage(block);
      const [tally] = (await once(worker, "message")) as [Tally];
      return tally;
    });
  } finally {
    await worker.terminate();
  }
}
