/** @file Runs in a page and in a worker: what the bytes are here, or why there are none. */
import { wasmBackend } from "../../../src/index.js";
import { kernelHashes } from "../../bytes/hashes.js";

interface Here {
  hashesHere?: () => Promise<unknown>;
  onmessage?: (() => void) | null;
  postMessage?: (message: unknown) => void;
  document?: unknown;
}

async function hashesHere(): Promise<unknown> {
  try {
    return await kernelHashes(wasmBackend());
  } catch (error) {
    return { refused: String(error) };
  }
}

const here = globalThis as Here;
if (here.document === undefined) void hashesHere().then((hashes) => here.postMessage?.(hashes));
else here.hashesHere = hashesHere;
