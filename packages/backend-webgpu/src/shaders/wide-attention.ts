/**
 * @file Attention for rows of any length: a workgroup has sixteen queries and sixteen keys, four invocations a query. Rows come through
 * workgroup memory sixteen components at a time, first for the scores, then for the sums, of which a workgroup does at most 128 components.
 */
import { exponential } from "./exponential.js";
import { LOWEST, raiseTop, type AttentionForm, type Tiling } from "./attention-form.js";
import type { Text } from "./shader.js";

const ROWS = 16;
const COMPONENTS = 128;

/** Bytes of workgroup memory: two tiles of 16 x 16 numbers, weights, and what the four invocations of a query tell each other. */
const BYTES = 4 * (256 + 256 + 256 + 64);

/** The one tiling; undefined where it does not fit. */
export function wideTiling(workgroupBytes: number): Tiling | undefined {
  return BYTES <= workgroupBytes ? { rows: ROWS, keys: ROWS, components: COMPONENTS } : undefined;
}

/** A function that loads components c .. c + 3 of a row from `at` on, zeros past its end. */
function loader(name: string, array: string, length: number): string {
  const component = (c: string): string => `select(0.0, ${array}[at + min(${c}, ${length - 1}u)], ${c} < ${length}u)`;
  return `fn ${name}(at: u32, c: u32) -> vec4f {
  return vec4f(${["c", "c + 1u", "c + 2u", "c + 3u"].map(component).join(", ")});
}
`;
}

/** Declarations and body. */
export function wideAttention({ d, e, softmax, causal, summand }: AttentionForm): Text {
  const drift = summand === "differences";
  const sums = summand === "weights" ? [] : Array.from({ length: Math.ceil(Math.min(e, COMPONENTS) / 16) }, (_, chunk) => chunk);
  const declarations = `${exponential("vec4f")}
var<workgroup> left: array<vec4f, 64>;
var<workgroup> right: array<vec4f, 64>;
var<workgroup> weight: array<vec4f, 64>;
var<workgroup> told: array<f32, 64>;
${loader("query", "q", d)}${loader("key", drift || summand === "weights" ? "q" : "k", d)}${summand === "values" ? loader("value", "v", e) : ""}`;
  const pick = (lane: number, j: number): string => `w${j}.${"xyzw"[lane]!}`;
  const addChunk = (chunk: number): string => `
    workgroupBarrier();
    right[t] = ${drift ? "key" : "value"}(valueRow * ${e}u, firstComponent + ${16 * chunk}u + 4u * b);
    workgroupBarrier();
    {
      var part = vec4f(0.0);
      ${[0, 1, 2, 3]
        .map((j) => `part += ${[0, 1, 2, 3].map((lane) => `${pick(lane, j)} * (right[${16 * lane + 4 * j}u + b]${drift ? ` - own${chunk}` : ""})`).join(" + ")};`)
        .join("\n      ")}
      sum${chunk} += part;
    }`;
  const body = `
  let block = p.firstBlock + index / (p.parts * p.slices);
  let part = (index / p.slices) % p.parts;
  let slice = index % p.slices;
  let firstComponent = slice * ${COMPONENTS}u;
  let replica = block / p.blocks;
  let firstRow = (block % p.blocks) * ${ROWS}u;
  let a = t / 4u;
  let b = t % 4u;
  let i = firstRow + a;
  let row = (replica * p.n + min(i, p.n - 1u)) * ${d}u;
  ${drift ? sums.map((chunk) => `let own${chunk} = query(row, firstComponent + ${16 * chunk}u + 4u * b);`).join(" ") : ""}
  ${sums.map((chunk) => `var sum${chunk} = vec4f(0.0);`).join(" ")}
  var top = ${softmax ? LOWEST : "p.top"};
  var total = 0.0;
  let end = min((part + 1u) * p.part, ${causal ? `min(p.m, firstRow + ${ROWS}u)` : "p.m"});
  let last = ${causal ? "min(end, i + 1u)" : "end"};
  for (var start = part * p.part; start < end; start += ${ROWS}u) {
    // Row a of the tiles is loaded by the four invocations of query a. Invocation (a, b) scores keys b, b + 4, b + 8, b + 12.
    let valueRow = replica * p.m + min(start + a, p.m - 1u);
    var s = vec4f(0.0);
    for (var c = 0u; c < ${d}u; c += 16u) {
      workgroupBarrier();
      left[t] = p.sign * query(row, c + 4u * b);
      right[t] = key(valueRow * ${d}u, c + 4u * b);
      workgroupBarrier();
      ${[0, 1, 2, 3].map((l) => `let x${l} = left[4u * a + ${l}u];`).join(" ")}
      s += ${[0, 1, 2, 3].map((l) => `vec4f(${[0, 1, 2, 3].map((other) => `dot(x${l}, right[4u * b + ${16 * other + l}u])`).join(", ")})`).join("\n         + ")};
    }
    let open = vec4u(start + b) + vec4u(0u, 4u, 8u, 12u) < vec4u(last);
    ${
      softmax
        ? `let seen = select(vec4f(${LOWEST}), s, open);
    told[t] = max(max(seen.x, seen.y), max(seen.z, seen.w));
    workgroupBarrier();${raiseTop(["total", ...sums.map((chunk) => `sum${chunk}`)], "max(max(told[4u * a], told[4u * a + 1u]), max(told[4u * a + 2u], told[4u * a + 3u]))")}`
        : ""
    }
    let w = select(vec4f(0.0), exponential(p.beta * (s - top)), open);
    total += (w.x + w.y) + (w.z + w.w);
    ${sums.length === 0 ? "" : "weight[t] = w;"}
    workgroupBarrier();
    // Lane l of w_b is the weight of key b + 4 l.
    ${sums.length === 0 ? "" : [0, 1, 2, 3].map((j) => `let w${j} = weight[4u * a + ${j}u];`).join(" ")}
    ${sums.map(addChunk).join("")}
  }
  workgroupBarrier();
  told[t] = total;
  workgroupBarrier();
  let to = part * p.width * p.rows + (block - p.firstBlock) * ${ROWS}u + a;
  if (b == 0u && slice == 0u) {
    state[to] = top;
    state[to + p.rows] = (told[t] + told[t + 1u]) + (told[t + 2u] + told[t + 3u]);
  }
  ${sums
    .flatMap((chunk) =>
      [0, 1, 2, 3].map((lane) => `if (firstComponent + ${16 * chunk + lane}u + 4u * b < ${e}u) { state[to + (2u + firstComponent + ${16 * chunk + lane}u + 4u * b) * p.rows] = sum${chunk}.${"xyzw"[lane]!}; }`),
    )
    .join("\n  ")}`;
  return { declarations, body };
}
