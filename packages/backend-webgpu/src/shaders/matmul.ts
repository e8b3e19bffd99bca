/**
 * @file Products of matrices: a workgroup does a tile of 32 by 32 numbers, an invocation 4 by 4 of them, sixteen terms at a time through
 * workgroup memory. Every sum runs over k in ascending order.
 */
import type { MatmulParameters } from "@mesoscope/kernels";
import { LANES, type Text } from "./shader.js";

/** Rows and columns of a tile. */
export const TILE = 32;
const TERMS = 16;

/** Numbers that an invocation loads of each operand. */
const LOADS = (TILE * TERMS) / LANES;

/**
 * Loads of one operand into tile[term * 32 + line], where `line` counts rows of A or columns of B. Neighbouring invocations read neighbouring numbers,
 * along the terms or along the lines, whichever lie together.
 */
function loads(tile: string, array: string, { base, pitch, first, lines, alongTerms }: { readonly base: string; readonly pitch: string; readonly first: string; readonly lines: string; readonly alongTerms: boolean }): string {
  const [term, line] = alongTerms ? [`e % ${TERMS}u`, `e / ${TERMS}u`] : [`e / ${TILE}u`, `e % ${TILE}u`];
  const at = alongTerms ? `(${first} + line) * ${pitch} + l + term` : `(l + term) * ${pitch} + ${first} + line`;
  return `
    for (var load = 0u; load < ${LOADS}u; load++) {
      let e = load * ${LANES}u + t;
      let term = ${term};
      let line = ${line};
      let inside = l + term < p.k && ${first} + line < ${lines};
      ${tile}[term * ${TILE}u + line] = select(0.0, ${array}[${base} + select(0u, ${at}, inside)], inside);
    }`;
}

/** c = scale A B, added to what c holds with `add`. A matrix is `head` numbers from that of the head before, its rows `pitch` apart, replicas `group`. */
export function matmul({ transposeA = false, transposeB = false, add = false }: MatmulParameters): Text {
  const four = [0, 1, 2, 3];
  return {
    declarations: `var<workgroup> left: array<f32, ${TILE * TERMS}>;
var<workgroup> right: array<f32, ${TILE * TERMS}>;`,
    body: `
  let tiles = p.down * p.across;
  let matrix = index / tiles;
  let firstRow = (index % tiles) / p.across * ${TILE}u;
  let firstColumn = (index % tiles) % p.across * ${TILE}u;
  let replica = matrix / p.heads;
  let head = matrix % p.heads;
  let baseA = replica * p.groupA + head * p.headA;
  let baseB = replica * p.groupB + head * p.headB;
  let baseC = replica * p.groupC + head * p.headC;
  let i = 4u * (t / 8u);
  let j = 4u * (t % 8u);
  ${four.map((row) => `var sum${row} = vec4f(0.0);`).join(" ")}
  for (var l = 0u; l < p.k; l += ${TERMS}u) {
    workgroupBarrier();${loads("left", "a", { base: "baseA", pitch: "p.pitchA", first: "firstRow", lines: "p.m", alongTerms: !transposeA })}${loads("right", "b", { base: "baseB", pitch: "p.pitchB", first: "firstColumn", lines: "p.n", alongTerms: transposeB })}
    workgroupBarrier();
    for (var term = 0u; term < ${TERMS}u; term++) {
      let at = term * ${TILE}u;
      let along = vec4f(${four.map((column) => `right[at + j + ${column}u]`).join(", ")});
      ${four.map((row) => `sum${row} = fma(vec4f(left[at + i + ${row}u]), along, sum${row});`).join("\n      ")}
    }
  }
  ${four
    .flatMap((row) =>
      four.map((column) => {
        const to = `baseC + (firstRow + i + ${row}u) * p.pitchC + firstColumn + j + ${column}u`;
        const value = `p.scale * sum${row}.${"xyzw"[column]!}`;
        return `if (firstRow + i + ${row}u < p.m && firstColumn + j + ${column}u < p.n) { let to = ${to}; c[to] = ${add ? `${value} + c[to]` : value}; }`;
      }),
    )
    .join("\n  ")}`,
  };
}
