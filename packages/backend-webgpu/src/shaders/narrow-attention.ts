/**
 * @file Attention where a row fits into registers: one invocation a query, a tile of keys in workgroup memory that all read together,
 * four keys at a time.
 */
import { exponential } from "./exponential.js";
import { LOWEST, raiseTop, type AttentionForm, type Tiling } from "./attention-form.js";
import { LANES, type Text } from "./shader.js";

/** Largest row, of keys or values, that is kept in registers. */
export const NARROW = 32;

/** A row in pieces of at most four components: [4, 4, 1] for nine. */
function pieces(length: number): number[] {
  return Array.from({ length: Math.ceil(length / 4) }, (_, index) => Math.min(4, length - 4 * index));
}

function typeOf(components: number): string {
  return components === 1 ? "f32" : `vec${components}f`;
}

/** Bytes of workgroup memory that a row takes: three floats take the room of four. */
function stride(length: number): number {
  return pieces(length).reduce((sum, components) => sum + 4 * (components === 3 ? 4 : components), 0);
}

/** The largest tile that fits; undefined where not even four keys do. */
export function narrowTiling({ d, e, summand }: AttentionForm, workgroupBytes: number): Tiling | undefined {
  const row = stride(d) + (summand === "values" ? stride(e) : 0);
  let keys = LANES;
  while (keys * row > workgroupBytes) keys /= 2;
  return keys < 4 ? undefined : { rows: LANES, keys, components: e };
}

/** `vec3f(x[at + 4], x[at + 5], x[at + 6])`. */
function loaded(array: string, at: string, piece: number, components: number): string {
  return `${typeOf(components)}(${Array.from({ length: components }, (_, c) => `${array}[${at} + ${4 * piece + c}u]`).join(", ")})`;
}

/** Declarations and body. */
export function narrowAttention({ d, e, softmax, causal, summand }: AttentionForm, { keys }: Tiling): Text {
  const drift = summand === "differences";
  const keyPieces = pieces(d);
  const valuePieces = summand === "weights" ? [] : pieces(e);
  const value = drift ? "key" : "value";
  const all = <T>(list: readonly number[], each: (components: number, piece: number) => T): T[] => list.map(each);
  const score = (j: string): string => keyPieces.map((components, piece) => (components === 1 ? `q${piece} * key${piece}[${j}]` : `dot(q${piece}, key${piece}[${j}])`)).join(" + ");
  const weighted = (w: string, j: string, piece: number): string => `${w} * ${drift ? `(key${piece}[${j}] - x${piece})` : `${value}${piece}[${j}]`}`;
  const js = ["j", "j + 1u", "j + 2u", "j + 3u"];
  const sums = ["total", "weights", ...valuePieces.flatMap((_, piece) => [`sum${piece}`, `part${piece}`])];
  const declarations = `${exponential("vec4f")}
${all(keyPieces, (c, piece) => `var<workgroup> key${piece}: array<${typeOf(c)}, ${keys}>;`).join("\n")}
${summand === "values" ? all(valuePieces, (c, piece) => `var<workgroup> value${piece}: array<${typeOf(c)}, ${keys}>;`).join("\n") : ""}`;
  const body = `
  let block = p.firstBlock + index / p.parts;
  let part = index % p.parts;
  let replica = block / p.blocks;
  let firstRow = (block % p.blocks) * ${LANES}u;
  let i = firstRow + t;
  let row = (replica * p.n + min(i, p.n - 1u)) * ${d}u;
  ${all(keyPieces, (c, piece) => `let x${piece} = ${loaded("q", "row", piece, c)}; let q${piece} = p.sign * x${piece};`).join("\n  ")}
  ${all(valuePieces, (c, piece) => `var sum${piece} = ${typeOf(c)}(0.0);`).join(" ")}
  var top = ${softmax ? LOWEST : "p.top"};
  var total = 0.0;
  let end = min((part + 1u) * p.part, ${causal ? `min(p.m, firstRow + ${LANES}u)` : "p.m"});
  let last = ${causal ? "min(end, i + 1u)" : "end"};
  for (var start = part * p.part; start < end; start += ${keys}u) {
    workgroupBarrier();
    if (t < ${keys}u) {
      let at = replica * p.m + min(start + t, p.m - 1u);
      ${all(keyPieces, (c, piece) => `key${piece}[t] = ${loaded(drift || summand === "weights" ? "q" : "k", `at * ${d}u`, piece, c)};`).join("\n      ")}
      ${summand === "values" ? all(valuePieces, (c, piece) => `value${piece}[t] = ${loaded("v", `at * ${e}u`, piece, c)};`).join("\n      ") : ""}
    }
    workgroupBarrier();
    ${all(valuePieces, (c, piece) => `var part${piece} = ${typeOf(c)}(0.0);`).join(" ")}
    var weights = 0.0;
    for (var j = 0u; j < ${keys}u; j += 4u) {
      let s = vec4f(${js.map(score).join(", ")});
      let open = vec4u(start + j) + vec4u(0u, 1u, 2u, 3u) < vec4u(last);
      ${softmax ? `let seen = select(vec4f(${LOWEST}), s, open);${raiseTop(sums, "max(max(seen.x, seen.y), max(seen.z, seen.w))")}` : ""}
      let w = select(vec4f(0.0), exponential(p.beta * (s - top)), open);
      weights += (w.x + w.y) + (w.z + w.w);
      ${valuePieces.map((_, piece) => `part${piece} += (${weighted("w.x", js[0]!, piece)} + ${weighted("w.y", js[1]!, piece)}) + (${weighted("w.z", js[2]!, piece)} + ${weighted("w.w", js[3]!, piece)});`).join("\n      ")}
    }
    total += weights;
    ${valuePieces.map((_, piece) => `sum${piece} += part${piece};`).join(" ")}
  }
  let to = part * p.width * p.rows + (block - p.firstBlock) * ${LANES}u + t;
  state[to] = top;
  state[to + p.rows] = total;
  ${valuePieces.flatMap((components, piece) => Array.from({ length: components }, (_, c) => `state[to + ${2 + 4 * piece + c}u * p.rows] = sum${piece}${components === 1 ? "" : `.${"xyzw"[c]!}`};`)).join("\n  ")}`;
  return { declarations, body };
}
