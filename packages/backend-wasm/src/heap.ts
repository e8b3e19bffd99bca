/**
 * @file Memory of the module, handed out in blocks of whole cache lines and taken back: first fit, neighbours joined. Tensors, plans and
 * scratch live here; the module itself never allocates.
 */
import { KernelError, type Dtype } from "@mesoscope/kernels";
import { LARGEST_PAGES } from "./module.js";
import type { WasmMemory } from "./web-assembly.js";

const LINE = 64;
const PAGE = 65536;

/** A block of the module's memory, in bytes. */
export interface Block {
  readonly at: number;
  readonly size: number;
}

/** Blocks and views on them. A view is good until the next `take`, which may move the memory. */
export interface Heap {
  /** @throws KernelError (`memory`) when the engine has no more. */
  readonly take: (bytes: number) => Block;
  readonly give: (block: Block) => void;
  readonly view: (dtype: Dtype, at: number, length: number) => Float32Array | Float64Array;
  /** Copies bytes within the memory. */
  readonly copy: (from: number, to: number, bytes: number) => void;
  /** Bytes handed out and not given back. */
  readonly used: () => number;
}

/** A heap over everything from `base` on. */
export function heap(memory: WasmMemory, base: number): Heap {
  const start = rounded(base);
  let end: number = memory.buffer.byteLength;
  let used = 0;
  /** Free blocks in the order of their addresses; no two touch. */
  const free: Block[] = end > start ? [{ at: start, size: end - start }] : [];

  const give = (block: Block): void => {
    const found = free.findIndex(({ at }) => at > block.at);
    const index = found < 0 ? free.length : found;
    const none = { at: -1, size: 0 };
    const before = free[index - 1] ?? none;
    const after = free[index] ?? none;
    const joinsBefore = before.at + before.size === block.at;
    const joinsAfter = block.at + block.size === after.at;
    const at = joinsBefore ? before.at : block.at;
    const until = joinsAfter ? after.at + after.size : block.at + block.size;
    free.splice(joinsBefore ? index - 1 : index, Number(joinsBefore) + Number(joinsAfter), { at, size: until - at });
  };
  const grow = (size: number): void => {
    const last = free.at(-1) ?? { at: 0, size: 0 };
    const there = last.at + last.size === end ? last.size : 0;
    const pages = Math.ceil((size - there) / PAGE);
    if (end / PAGE + pages > LARGEST_PAGES) throw exhausted(size);
    try {
      memory.grow(pages);
    } catch {
      throw exhausted(size);
    }
    give({ at: end, size: pages * PAGE });
    end += pages * PAGE;
  };

  return {
    take: (bytes) => {
      const size = rounded(Math.max(bytes, 1));
      let index = free.findIndex((block) => block.size >= size);
      if (index < 0) {
        grow(size);
        index = free.length - 1;
      }
      const { at, size: there } = free[index]!;
      free.splice(index, 1, ...(there > size ? [{ at: at + size, size: there - size }] : []));
      used += size;
      return { at, size };
    },
    give: (block) => {
      used -= block.size;
      give(block);
    },
    view: (dtype, at, length) => (dtype === "f64" ? new Float64Array(memory.buffer, at, length) : new Float32Array(memory.buffer, at, length)),
    copy: (from, to, bytes) => {
      new Uint8Array(memory.buffer).copyWithin(to, from, from + bytes);
    },
    used: () => used,
  };
}

function rounded(bytes: number): number {
  return Math.ceil(bytes / LINE) * LINE;
}

function exhausted(bytes: number): KernelError {
  return new KernelError({
    code: "memory",
    what: `${bytes} bytes for a tensor or a plan`,
    rule: "are more than the memory of the wasm backend can grow by (4 GiB in all)",
    remedy: "Free what is no longer needed, or take fewer replicas in a batch.",
  });
}
