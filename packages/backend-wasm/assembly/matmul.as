/**
 * Products of matrices. Every number of the product is one chain of products and additions over k in ascending order, kept in a lane of a register from
 * the first to the last: the bits are those of plain loops, whatever tile, panel or copy an element goes through.
 *
 * Panels of two vectors of columns of B meet blocks of rows of A, four rows at a time, or three where that comes out even: five and six rows are 3 + 2 and
 * 3 + 3, as two rows alone wait for their additions. A transposed operand is copied once a block, so that both are read in order; so is a panel of a large B,
 * whose rows lie pages apart.
 */
import { fewRows } from "./few-rows";
import { packColumns, packRows, packTransposed } from "./product-panels";
import { packedTiles, partial, tile2, tile3, tile4 } from "./product-tiles";
import { ADD, BESIDE, BESIDE_A, BESIDE_B, BESIDE_C, copyRows, headA, headB, headC, heads, offset, pitchA, pitchB, pitchC, place, TRANSPOSE_A, TRANSPOSE_B, wrapA, wrapB, wrapC } from "./product-places";
import { smallForm, smallProducts } from "./small-products";
import { element, width } from "./vectors";

/** Rows of A that one panel of B serves before the next panel comes. */
// @ts-ignore: decorator
@inline
const BLOCK: i32 = 64;

/** Elements of B whose columns may be read across its rows: half a first-level cache of doubles. */
// @ts-ignore: decorator
@inline
const CACHED: i32 = 4096;

/** Bytes of a tile of partial columns. */
// @ts-ignore: decorator
@inline
const SPILL: usize = 128;

/** Bytes of scratch: partial tile, a panel of B or few rows of A turned, a block of A where it is transposed; matrices whose heads lie side by side. */
export function matmulScratch(m: i32, k: i32, n: i32, flags: i32, size: i32): i32 {
  return plainScratch(k, flags, size) + (flags & BESIDE ? (m * k + k * n + min(m, BLOCK) * n) * size : 0);
}

function plainScratch(k: i32, flags: i32, size: i32): i32 {
  return <i32>SPILL + 48 * k + (flags & TRANSPOSE_A ? BLOCK * k * size : 0);
}

/** Rows `from` to `to` of all matrices one after the other, m each: C = scale A B (+ old). Where they lie: see `place`. */
export function matmul<T>(a: usize, b: usize, old: usize, c: usize, from: i32, to: i32, m: i32, k: i32, n: i32, count: i32, strideA: i32, strideB: i32, flags: i32, scale: T, scratch: usize): void {
  place<T>(m, k, n, count, strideA, strideB, flags);
  const form = smallForm<T>(m, k, n, flags);
  let row = from;
  while (row < to) {
    const matrix = row / m;
    const first = row - matrix * m;
    const fromA = a + offset(matrix, headA, wrapA);
    const fromB = b + offset(matrix, headB, wrapB);
    const at = offset(matrix, headC, wrapC) + <usize>first * pitchC;
    if (form > 0 && first == 0 && to - row >= m) {
      const whole = (to - row) / m;
      smallProducts<T>(form, whole, matrix % heads, fromA, fromB, old + at, c + at, m, k, n, flags, scale);
      row += whole * m;
      continue;
    }
    const rows = min(min(m - first, to - row), BLOCK);
    if (flags & BESIDE) headBlock<T>(fromA, fromB, old + at, c + at, first, rows, m, k, n, flags, scale, scratch);
    else rowBlock<T>(fromA, fromB, old + at, c + at, first, rows, m, k, n, flags, scale, scratch);
    row += rows;
  }
}

/** The same of one head: its matrices are copied out of the rows that they share with others, and the product back. */
function headBlock<T>(a: usize, b: usize, old: usize, c: usize, first: i32, rows: i32, m: i32, k: i32, n: i32, flags: i32, scale: T, scratch: usize): void {
  const size = sizeof<T>();
  const ownA = scratch + <usize>plainScratch(k, flags, <i32>size);
  const ownB = element<T>(ownA, m * k);
  const ownC = element<T>(ownB, k * n);
  if (flags & BESIDE_A) copyRows<T>(a, pitchA, ownA, <usize>(flags & TRANSPOSE_A ? m : k) * size, flags & TRANSPOSE_A ? k : m, <usize>(flags & TRANSPOSE_A ? m : k) * size);
  if (flags & BESIDE_B) copyRows<T>(b, pitchB, ownB, <usize>(flags & TRANSPOSE_B ? k : n) * size, flags & TRANSPOSE_B ? n : k, <usize>(flags & TRANSPOSE_B ? k : n) * size);
  const bytes = <usize>n * size;
  const apart = (flags & BESIDE_C) != 0;
  if (apart && flags & ADD) copyRows<T>(old, pitchC, ownC, bytes, rows, bytes);
  rowBlock<T>(flags & BESIDE_A ? ownA : a, flags & BESIDE_B ? ownB : b, apart ? ownC : old, apart ? ownC : c, first, rows, m, k, n, flags, scale, scratch);
  if (apart) copyRows<T>(ownC, bytes, c, pitchC, rows, bytes);
}

/** At most BLOCK rows of one replica against all columns. */
function rowBlock<T>(a: usize, b: usize, old: usize, c: usize, first: i32, rows: i32, m: i32, k: i32, n: i32, flags: i32, scale: T, scratch: usize): void {
  const size = sizeof<T>();
  const wide = 2 * width<T>();
  const panelB = scratch + SPILL;
  if (size == 8 && rows >= 3 && rows <= 6 && !(flags & TRANSPOSE_A) && (flags & TRANSPOSE_B || k * n <= CACHED)) {
    const own = element<T>(a, first * k);
    const across = flags & TRANSPOSE_B ? 1 : n;
    const along = flags & TRANSPOSE_B ? k : 1;
    if (rows > 4) fewRows<i64>(own, rows, b, across, along, old, c, k, n, (flags & ADD) != 0, <f64>scale, panelB);
    else fewRows<i32>(own, rows, b, across, along, old, c, k, n, (flags & ADD) != 0, <f64>scale, panelB);
    return;
  }
  let rowsOf = element<T>(a, first * k);
  let rowStep = <usize>k * size;
  let depthStep = size;
  let packed = false;
  if (flags & TRANSPOSE_A) {
    rowsOf = element<T>(a, first);
    rowStep = size;
    depthStep = <usize>m * size;
    if (n > wide) {
      const block = panelB + (<usize>k << 5);
      packRows<T>(rowsOf, rows, k, m, block);
      rowsOf = block;
      depthStep = 4 * size;
      packed = true;
    }
  }
  const transposed = (flags & TRANSPOSE_B) != 0;
  const copied = transposed || (rows >= 16 && k * n >= 8192);
  // Tiles of a packed A that the panels below need not do again.
  const done = packed && !copied ? rows & ~3 : 0;
  if (done > 0) packedTiles<T>(done >> 2, n / wide, rowsOf, b, k, old, c, n, (flags & ADD) != 0, scale);
  for (let j = 0; j < n; j += wide) {
    const columns = min(wide, n - j);
    const single = columns <= width<T>();
    const whole = columns == (single ? width<T>() : wide);
    let panel = element<T>(b, j);
    let panelStep = <usize>n * size;
    if (copied || !whole) {
      panelStep = single ? 16 : 32;
      if (transposed) packTransposed<T>(element<T>(b, j * k), k, columns, panelB, panelStep);
      else packColumns<T>(panel, n, k, columns, panelB, panelStep);
      panel = panelB;
    }
    const at = <usize>j * size;
    rowPanel<T>(rowsOf, rowStep, depthStep, packed, whole && !single ? done : 0, rows, panel, panelStep, k, columns, single, whole, old + at, c + at, n, flags, scale, scratch);
  }
}

/** All rows of a block against one panel. */
function rowPanel<T>(a: usize, rowStep: usize, depthStep: usize, packed: bool, done: i32, rows: i32, b: usize, panelStep: usize, k: i32, columns: i32, single: bool, whole: bool, old: usize, c: usize, n: i32, flags: i32, scale: T, spill: usize): void {
  const bytes = <usize>n * sizeof<T>();
  const add = whole && (flags & ADD) != 0;
  let i = done;
  a += <usize>(done * k) * sizeof<T>();
  old += <usize>done * bytes;
  c += <usize>done * bytes;
  const outStep = whole ? bytes : 32;
  const factor = whole ? scale : <T>1;
  let out = whole ? c : spill;
  while (i < rows) {
    const left = rows - i;
    const some = packed ? min(left, 4) : left == 5 || left == 6 ? 3 : min(left, 4);
    if (some == 4) {
      if (single) tile4<T, i32>(a, rowStep, depthStep, b, panelStep, k, old, out, outStep, add, factor);
      else tile4<T, i64>(a, rowStep, depthStep, b, panelStep, k, old, out, outStep, add, factor);
    } else if (some == 3) {
      if (single) tile3<T, i32>(a, rowStep, depthStep, b, panelStep, k, old, out, outStep, add, factor);
      else tile3<T, i64>(a, rowStep, depthStep, b, panelStep, k, old, out, outStep, add, factor);
    } else if (single) tile2<T, i32>(a, rowStep, some, depthStep, b, panelStep, k, old, out, outStep, add, factor);
    else tile2<T, i64>(a, rowStep, some, depthStep, b, panelStep, k, old, out, outStep, add, factor);
    if (!whole) partial<T>(spill, some, columns, old, c, bytes, (flags & ADD) != 0, scale);
    i += some;
    a += packed ? <usize>(4 * k) * sizeof<T>() : <usize>some * rowStep;
    old += <usize>some * bytes;
    c += <usize>some * bytes;
    if (whole) out = c;
  }
}
