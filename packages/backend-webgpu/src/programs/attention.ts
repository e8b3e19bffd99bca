/** @file The attention kernels as dispatches: the parts of the sums for some blocks of rows, their merging, then the next blocks. */
import { KernelError } from "@mesoscope/kernels";
import { LARGEST_PARTS, width, type AttentionForm } from "../shaders/attention-form.js";
import { merge } from "../shaders/merge.js";
import { NARROW, narrowAttention, narrowTiling } from "../shaders/narrow-attention.js";
import { f, LANES, u, type Binding, type Dispatch, type Place, type Word } from "../shaders/shader.js";
import { wideAttention, wideTiling } from "../shaders/wide-attention.js";
import { LARGEST_LOOP, LARGEST_WORK, type Machine } from "./program.js";

/** Bytes of scratch for the parts of the sums; more rows than fit are done one group after the other. */
const SCRATCH = 2 ** 26;

/** Where the arrays of an attention kernel are. */
export interface AttentionPlaces {
  readonly queries: Place;
  /** Where `form.summand` is `values`. */
  readonly keys?: Place;
  readonly values?: Place;
  readonly out: Place;
  /** Index of the first number in `out`. */
  readonly to?: number;
}

/**
 * An attention kernel that can be put to several places, its scratch taken once.
 * @throws KernelError (`unsupported`) where a workgroup has too little memory or a loop would be too long, (`memory`) where the device has.
 */
export function attentionSums(machine: Machine, form: AttentionForm): (places: AttentionPlaces) => readonly Dispatch[] {
  const { batch, n, m, d, e, beta, softmax, shift } = form;
  const narrow = d <= NARROW && (form.summand !== "values" || e <= NARROW);
  const tiling = narrow ? narrowTiling(form, machine.workgroupBytes) : wideTiling(machine.workgroupBytes);
  if (tiling === undefined) throw noTile(machine.workgroupBytes);
  const sums = narrow ? narrowAttention(form, tiling) : wideAttention(form);
  const merged = merge(form, tiling);
  const tiles = Math.ceil(m / tiling.keys);
  const part = tiling.keys * Math.ceil(tiles / LARGEST_PARTS);
  const parts = Math.ceil(m / part);
  const loop = (part / tiling.keys) * (1 + (narrow ? tiling.keys / 4 : Math.ceil(d / 16)));
  if (loop > LARGEST_LOOP) throw tooLong(m, d);
  const slices = form.summand === "weights" ? 1 : Math.ceil(e / tiling.components);
  const blocks = Math.ceil(n / tiling.rows);
  const numbers = tiling.rows * parts * width(form);
  const workOfBlock = tiling.rows * m * (slices * d + e + 8);
  const room = Math.min(SCRATCH, machine.largestArray);
  const most = Math.max(1, Math.min(batch * blocks, Math.floor(room / 4 / numbers), Math.floor(LARGEST_WORK / workOfBlock)));
  const state = machine.floats(most * numbers);
  const sign = beta < 0 ? -1 : 1;
  return ({ queries, keys = queries, values = queries, out, to = 0 }) => {
    const dispatches: Dispatch[] = [];
    for (let firstBlock = 0; firstBlock < batch * blocks; firstBlock += most) {
      const count = Math.min(most, batch * blocks - firstBlock);
      const rows = count * tiling.rows;
      const shared: Record<string, Word> = { n: u(n), m: u(m), firstBlock: u(firstBlock), blocks: u(blocks), rows: u(rows), parts: u(parts), width: u(width(form)), beta: f(Math.abs(beta)) };
      const arrays: Binding[] = [{ name: "q", place: queries }, ...(form.summand === "values" ? [{ name: "k", place: keys }, { name: "v", place: values }] : [])];
      dispatches.push(
        {
          ...sums,
          parameters: { ...shared, part: u(part), slices: u(slices), sign: f(sign), top: f(softmax ? 0 : sign * shift) },
          bindings: [...arrays, { name: "state", place: { buffer: state }, writes: true }],
          groups: count * parts * slices,
          work: count * workOfBlock,
        },
        {
          ...merged,
          parameters: { ...shared, to: u(to) },
          bindings: [...(form.summand === "differences" ? [{ name: "x", place: queries }] : []), { name: "state", place: { buffer: state } }, { name: "y", place: out, writes: true }],
          groups: Math.ceil(rows / LANES),
          work: rows * parts * (e + 8),
        },
      );
    }
    return dispatches;
  };
}

function tooLong(m: number, d: number): KernelError {
  return new KernelError({
    code: "unsupported",
    what: `attention to ${m} keys of ${d} components`,
    rule: `would take more than ${LARGEST_LOOP} iterations of one invocation, where drivers are known that stop without a word`,
    remedy: "Take fewer keys or components, or another backend.",
  });
}

function noTile(bytes: number): KernelError {
  return new KernelError({
    code: "unsupported",
    what: `${bytes} bytes of workgroup memory`,
    rule: "do not hold a tile of the attention kernels",
    remedy: "Take another adapter, or another backend.",
  });
}
