import { Piscina } from "piscina";
import { fileURLToPath } from "node:url";
import { Interrupted } from "../failure.js";
import type { WorkerAnswer, WorkerSetting, WorkerTask } from "./cell-worker.js";

/** How to start workers: the module that they run, what it is told, and how many. */
export interface PoolSetting {
  /** URL of `cell-worker.js`. */
  readonly cellWorker: string;
  readonly setting: WorkerSetting;
  readonly workers: number;
  readonly signal: AbortSignal;
}

/** A task failed in a worker with an error that explains itself. */
export class TaskRefused extends Error {
  override readonly name = "TaskRefused";
  readonly rule: string = "";
  readonly remedy: string = "";
}

/** A task failed in a worker with an error that nobody foresaw. */
export class TaskFailed extends Error {
  override readonly name = "TaskFailed";
}

/** Worker threads, started with the first task. */
export interface WorkerPool {
  /**
   * @param named how messages name the task, for example `pair "coin" at n = 32`
   * @throws TaskRefused, TaskFailed; Interrupted once the signal is aborted
   */
  run(task: WorkerTask, named: string): Promise<Exclude<WorkerAnswer, { readonly kind: "failed" }>>;
  /** Ends all workers, whatever they do; tasks that are under way or wait are rejected with the reason. The next task starts new ones. */
  stop(reason: unknown): Promise<void>;
  close(): Promise<void>;
}

export function makePool({ cellWorker, setting, workers, signal }: PoolSetting): WorkerPool {
  let pool: Piscina<WorkerTask, WorkerAnswer> | undefined;
  const reasons = new WeakMap<object, { readonly reason: unknown }>();
  const stop = async (reason: unknown): Promise<void> => {
    const ended = pool;
    pool = undefined;
    if (ended !== undefined) reasons.set(ended, { reason });
    await ended?.destroy();
  };
  const onAbort = (): void => {
    void stop(new Interrupted("stopped while workers ran"));
  };
  signal.addEventListener("abort", onAbort, { once: true });
  return {
    stop,
    async run(task, named) {
      if (signal.aborted) throw new Interrupted(`stopped before ${named}`);
      const own = (pool ??= startPool(cellWorker, setting, workers));
      const answer = await own.run(task).catch((error: unknown) => {
        throw reasons.has(own) ? reasons.get(own)!.reason : noAnswer(error, named);
      });
      if (answer.kind !== "failed") return answer;
      throw answer.explained ? new TaskRefused(answer.message) : new TaskFailed(`${named}: ${answer.message}`);
    },
    async close() {
      signal.removeEventListener("abort", onAbort);
      await stop(new Interrupted("the pool was closed"));
    },
  };
}

/** An answer comes back also from a task that threw: if none does, the worker died. */
function noAnswer(error: unknown, named: string): TaskRefused {
  const message = error instanceof Error ? error.message : String(error);
  return new TaskRefused(`${named}: no answer came from its worker (${message}). A system returns or throws: it does not end the process, lets no error out of a callback, and fits in memory.`);
}

/**
 * piscina tries `require` before `import`. A worker that is stopped while `require` links a module ends the whole process on Node 20
 * ("IsGraphAsync must be used on an instantiated module"); without it a module is imported, and stopping is safe.
 */
function importOnly(): readonly string[] {
  return process.allowedNodeEnvironmentFlags.has("--experimental-require-module") ? ["--no-experimental-require-module"] : [];
}

function startPool(cellWorker: string, setting: WorkerSetting, workers: number): Piscina<WorkerTask, WorkerAnswer> {
  const pool = new Piscina<WorkerTask, WorkerAnswer>({
    filename: fileURLToPath(cellWorker),
    workerData: setting,
    minThreads: workers,
    maxThreads: workers,
    idleTimeout: Number.POSITIVE_INFINITY,
    execArgv: [...process.execArgv, ...importOnly()],
  });
  // An error that a worker throws between two tasks: all answers are there, and the pool has replaced the worker.
  pool.on("error", () => undefined);
  return pool;
}
