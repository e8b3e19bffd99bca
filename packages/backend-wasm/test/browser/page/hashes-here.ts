/** @file Runs in a page and in a worker: what the bytes are here, or why there are none; and the same with threads. */
import { backendOn, wasmBackend } from "../../../src/backend.js";
import { startCrew } from "../../../src/threads/crew.js";
import { kernelHashes } from "../../bytes/hashes.js";

interface Here {
  hashesHere?: () => Promise<unknown>;
  threadsHere?: (threads: number) => Promise<unknown>;
  onmessage?: ((event: { readonly data: number }) => void) | null;
  postMessage?: (message: unknown) => void;
  document?: unknown;
  performance: { now: () => number };
  setTimeout: (work: () => void, milliseconds: number) => void;
}

const here = globalThis as unknown as Here;

async function hashesHere(): Promise<unknown> {
  try {
    return await kernelHashes(wasmBackend());
  } catch (error) {
    return { refused: String(error) };
  }
}

/** The bytes on several threads, all work divided; how many threads there were, and whether others than this one did some of it. */
async function threadsHere(threads: number): Promise<unknown> {
  let own = 0;
  let all = 0;
  const backend = backendOn({
    threads,
    least: 0,
    start: (setting, lost) => {
      const task = (index: number, thread: number): void => {
        setting.task(index, thread);
        own += 1;
        // Slow to take the next one, so that others come to theirs.
        for (const end = here.performance.now() + 0.3; here.performance.now() < end; );
      };
      const crew = startCrew({ ...setting, task }, lost);
      const divide = (count: number): void => {
        all += count;
        crew.divide(count);
      };
      return { ...crew, divide };
    },
  });
  for (let wait = 0; wait < 200 && backend.threads.running < threads && backend.threads.reason === undefined; wait += 1) await new Promise<void>((resolve) => { here.setTimeout(resolve, 10); });
  const use = backend.threads;
  const hashes = await kernelHashes(backend);
  backend.close();
  return { hashes, use, othersTookPart: own < all };
}

if (here.document === undefined) {
  // A worker is asked with the number of threads, or with 0 for the plain backend.
  here.onmessage = ({ data }) => void (data === 0 ? hashesHere() : threadsHere(data)).then((answer) => here.postMessage?.(answer));
} else {
  Object.assign(here, { hashesHere, threadsHere });
}
