/** @file Starting a helping thread: a worker of Node, or of a page that is cross-origin isolated. The program is text (helper.ts), no file. */
import { HELPER } from "../generated/helper.js";
import type { Orders } from "./board.js";

/** A thread that was started; it may not be up yet. */
export interface Helper {
  /** True where the engine knows, without a turn of its event loop, that the thread has ended. */
  readonly stopped: () => boolean;
  readonly end: () => void;
}

interface NodeWorker {
  readonly performance?: { eventLoopUtilization: () => { readonly idle: number } };
  unref: () => void;
  terminate: () => unknown;
  on: (event: string, listener: (reason: unknown) => unknown) => void;
}

interface NodeThreads {
  readonly Worker: new (text: string, options: object) => NodeWorker;
}

interface PageWorker {
  postMessage: (orders: Orders) => void;
  terminate: () => void;
  onerror: ((event: { readonly message?: string; preventDefault?: () => void }) => void) | null;
}

interface Host {
  readonly process?: { getBuiltinModule?: (name: string) => NodeThreads | undefined };
  readonly crossOriginIsolated?: boolean;
  readonly SharedArrayBuffer?: unknown;
  readonly Worker?: new (url: string, options: object) => PageWorker;
  readonly Blob?: new (parts: string[], options: object) => object;
  readonly URL?: { createObjectURL?: (blob: object) => string };
}

const host = globalThis as Host;

function nodeThreads(): NodeThreads | undefined {
  return host.process?.getBuiltinModule?.("node:worker_threads");
}

/** Why no thread can be started here, or undefined. */
export function whyNoThreads(): string | undefined {
  if (host.crossOriginIsolated === false) {
    return "this page is not cross-origin isolated: serve it with Cross-Origin-Opener-Policy: same-origin and Cross-Origin-Embedder-Policy: require-corp";
  }
  if (host.SharedArrayBuffer === undefined) return "this engine has no shared memory";
  if (nodeThreads() === undefined && (host.Worker === undefined || host.URL?.createObjectURL === undefined)) return "this engine has no workers";
  return undefined;
}

/**
 * Starts a thread; `gone` is called when it has ended, with what is known of the reason.
 * @throws what the engine throws when it refuses.
 */
export function startHelper(orders: Orders, gone: (why: string) => void): Helper {
  const node = nodeThreads();
  return node === undefined ? startInPage(orders, gone) : startInNode(node, orders, gone);
}

function startInNode({ Worker }: NodeThreads, orders: Orders, gone: (why: string) => void): Helper {
  // Nothing of the process is passed on: neither loaders nor the environment have to do with this program.
  const worker = new Worker(HELPER, { eval: true, workerData: orders, execArgv: [], env: {}, name: "mesoscope-wasm" });
  worker.on("error", (error) => {
    gone(error instanceof Error ? error.message : String(error));
  });
  worker.on("exit", () => {
    gone("a thread has ended");
  });
  // A process that has nothing else to do ends, whatever its threads wait for.
  worker.unref();
  // A worker whose event loop is gone has been idle for -1; nothing else tells of it while the calling thread is at work. It is asked
  // once while it is there, for Node remembers the start of the loop from that time only.
  const idle = (): number => worker.performance?.eventLoopUtilization().idle ?? 0;
  worker.on("online", idle);
  return {
    stopped: () => idle() < 0,
    end: () => {
      worker.terminate();
    },
  };
}

let address: string | undefined;

function startInPage(orders: Orders, gone: (why: string) => void): Helper {
  address ??= host.URL!.createObjectURL!(new host.Blob!([HELPER], { type: "text/javascript" }));
  const worker = new host.Worker!(address, { name: "mesoscope-wasm" });
  worker.onerror = (event) => {
    event.preventDefault?.();
    gone(event.message ?? "a worker from a blob was refused: a content security policy must allow worker-src blob:");
  };
  worker.postMessage(orders);
  return { stopped: () => false, end: () => {
      worker.terminate();
    } };
}
