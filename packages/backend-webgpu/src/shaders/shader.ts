/**
 * @file A shader and one dispatch of it. The text's head (parameters, bindings) is made from the same names as the bytes that go to the
 * device, so that the two cannot part.
 */
import type { GpuBuffer } from "../web-gpu.js";

/** A parameter: `u` an unsigned integer, `f` a float. */
export type Word = Readonly<{ u: number } | { f: number }>;

/** A whole number. */
export function u(value: number): Word {
  return { u: value };
}

/** A float. */
export function f(value: number): Word {
  return { f: value };
}

/** What a dispatch reads or writes: an array of the submission, or memory of the plan. */
export type Place = Readonly<{ input: number } | { output: number } | { buffer: GpuBuffer }>;

/** A storage buffer of a shader, `array<f32>` under that name. */
export interface Binding {
  readonly name: string;
  readonly place: Place;
  readonly writes?: boolean;
}

/** What is particular to a shader. */
export interface Text {
  /** Functions and workgroup variables. */
  readonly declarations: string;
  /** Statements of the kernel, where `p` holds the parameters, `index` the number of the workgroup, `t` that of the invocation in it. */
  readonly body: string;
}

/** One dispatch: `groups` workgroups, numbered by `index` in the body. */
export interface Dispatch extends Text {
  readonly parameters: Readonly<Record<string, Word>>;
  readonly bindings: readonly Binding[];
  readonly groups: number;
  /** Roughly how many multiplications it takes, so that none keeps a display waiting. */
  readonly work: number;
}

/** Invocations of a workgroup in every shader here. */
export const LANES = 64;

/** The whole text. */
export function shaderText({ parameters, bindings, declarations, body }: Dispatch): string {
  const members = Object.entries(parameters).map(([name, word]) => `  ${name}: ${"u" in word ? "u32" : "f32"},\n`);
  const buffers = bindings.map(({ name, writes }, index) => `@group(0) @binding(${index + 1}) var<storage, ${writes === true ? "read_write" : "read"}> ${name}: array<f32>;\n`);
  return `struct Parameters {
  groups: u32,
${members.join("")}}
@group(0) @binding(0) var<uniform> p: Parameters;
${buffers.join("")}${declarations}
@compute @workgroup_size(${LANES})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) extent: vec3u, @builtin(local_invocation_index) t: u32) {
  // More workgroups than one dimension may have are laid out in rows.
  let index = group.x + group.y * extent.x;
  if (index >= p.groups) {
    return;
  }
${body}
}
`;
}

/** The parameters as the device holds them. */
export function parameterWords({ parameters, groups }: Dispatch): Uint32Array {
  const list: Word[] = [u(groups), ...Object.values(parameters)];
  const words = new Uint32Array(Math.ceil(list.length / 4) * 4);
  const floats = new Float32Array(words.buffer);
  for (const [at, word] of list.entries()) {
    if ("u" in word) words[at] = word.u;
    else floats[at] = word.f;
  }
  return words;
}
