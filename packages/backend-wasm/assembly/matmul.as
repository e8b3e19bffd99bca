/**
 * Products of matrices. Every number of the product is one chain of products and additions over k in ascending order, kept in a lane of a register from
 * the first to the last: the bits are those of plain loops, whatever tile, panel or copy an element goes through.
 *
 * Panels of two vectors of columns of B meet blocks of rows of A, four rows at a time, or three where that comes out even: five and six rows are 3 + 2 and
 * 3 + 3, as two rows alone wait for their additions. A transposed operand is copied once a block, so that both are read in order; so is a panel of a large B,
 * whose rows lie pages apart.
 */
import { element, width } from "./vectors";

/** Rows of A that one panel of B serves before the next panel comes. */
// @ts-ignore: decorator
@inline
const BLOCK: i32 = 64;

// @ts-ignore: decorator
@inline
const TRANSPOSE_A: i32 = 1;
// @ts-ignore: decorator
@inline
const TRANSPOSE_B: i32 = 2;
// @ts-ignore: decorator
@inline
const ADD: i32 = 4;

/** Elements of B whose columns may be read across its rows: half a first-level cache of doubles. */
// @ts-ignore: decorator
@inline
const CACHED: i32 = 4096;

/** Bytes of a tile of partial columns. */
// @ts-ignore: decorator
@inline
const SPILL: usize = 128;

/** Bytes of scratch: partial tile, a panel of B or few rows of A turned, a block of A where it is transposed. */
export function matmulScratch(k: i32, flags: i32, size: i32): i32 {
  return <i32>SPILL + 48 * k + (flags & TRANSPOSE_A ? BLOCK * k * size : 0);
}

/**
 * Rows `from` to `to` of all replicas one after the other, m each: C = scale A B (+ old). `strideA` and `strideB` are the elements from one replica
 * of an operand to the next, 0 where it is shared.
 */
export function matmul<T>(a: usize, b: usize, old: usize, c: usize, from: i32, to: i32, m: i32, k: i32, n: i32, strideA: i32, strideB: i32, flags: i32, scale: T, scratch: usize): void {
  let row = from;
  while (row < to) {
    const replica = row / m;
    const first = row - replica * m;
    const rows = min(min(m - first, to - row), BLOCK);
    const at = <usize>row * <usize>n * sizeof<T>();
    const fromA = a + <usize>replica * <usize>strideA * sizeof<T>();
    const fromB = b + <usize>replica * <usize>strideB * sizeof<T>();
    rowBlock<T>(fromA, fromB, old + at, c + at, first, rows, m, k, n, flags, scale, scratch);
    row += rows;
  }
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
    if (rows > 4) fewRows<i64>(own, rows, b, across, along, old, c, k, n, flags, <f64>scale, panelB);
    else fewRows<i32>(own, rows, b, across, along, old, c, k, n, flags, <f64>scale, panelB);
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

/**
 * Three to six rows of doubles against a B that is transposed, or small enough for its columns to be read from the cache: B, much the larger, is read as it
 * lies, and the rows of A are turned instead. Lanes are rows, two a vector: two vectors (W = i32) or three (W = i64). Numbers of a column of B lie `across`
 * elements apart, its columns `along`.
 */
function fewRows<W>(a: usize, rows: i32, b: usize, across: i32, along: i32, old: usize, c: usize, k: i32, n: i32, flags: i32, scale: f64, turned: usize): void {
  const three = sizeof<W>() == 8;
  const step: usize = three ? 48 : 32;
  const bytes = <usize>n << 3;
  const depth = <usize>k << 3;
  const next = <usize>across << 3;
  const column = <usize>along << 3;
  for (let r = 0; r < rows; r += 2) {
    const out = turned + (<usize>r << 3);
    const from = a + <usize>r * depth;
    // A row without a partner is its own: that lane is not stored.
    turn64(from, r + 1 < rows ? depth : 0, k, out, step);
  }
  const s = f64x2.splat(scale);
  const add = (flags & ADD) != 0;
  for (let j = 0; j < n; j += 2) {
    const both = j + 1 < n;
    let x = b;
    let y = both ? b + column : b;
    let p = turned;
    let x0 = f64x2.splat(0), x1 = x0, x2 = x0, y0 = x0, y1 = x0, y2 = x0;
    for (let l = 0; l < k; l++) {
      const a0 = v128.load(p);
      const a1 = v128.load(p, 16);
      const a2 = three ? v128.load(p, 32) : a1;
      let z = v128.load64_splat(x);
      x0 = f64x2.add(x0, f64x2.mul(z, a0));
      x1 = f64x2.add(x1, f64x2.mul(z, a1));
      if (three) x2 = f64x2.add(x2, f64x2.mul(z, a2));
      z = v128.load64_splat(y);
      y0 = f64x2.add(y0, f64x2.mul(z, a0));
      y1 = f64x2.add(y1, f64x2.mul(z, a1));
      if (three) y2 = f64x2.add(y2, f64x2.mul(z, a2));
      p += step;
      x += next;
      y += next;
    }
    const at = <usize>j << 3;
    twoColumns(x0, y0, 2, both, s, old + at, c + at, bytes, add);
    twoColumns(x1, y1, rows - 2, both, s, old + at + 2 * bytes, c + at + 2 * bytes, bytes, add);
    if (three) twoColumns(x2, y2, rows - 4, both, s, old + at + 4 * bytes, c + at + 4 * bytes, bytes, add);
    b += 2 * column;
  }
}

/** Two columns of one or two rows, given as columns. */
// @ts-ignore: decorator
@inline
function twoColumns(x: v128, y: v128, rows: i32, both: bool, scale: v128, old: usize, c: usize, bytes: usize, add: bool): void {
  const first = f64x2.mul(scale, v128.shuffle<f64>(x, y, 0, 2));
  const second = f64x2.mul(scale, v128.shuffle<f64>(x, y, 1, 3));
  if (both) {
    v128.store(c, add ? f64x2.add(first, v128.load(old)) : first);
    if (rows > 1) v128.store(c + bytes, add ? f64x2.add(second, v128.load(old + bytes)) : second);
  } else {
    store<f64>(c, f64x2.extract_lane(add ? f64x2.add(first, v128.load64_zero(old)) : first, 0));
    if (rows > 1) store<f64>(c + bytes, f64x2.extract_lane(add ? f64x2.add(second, v128.load64_zero(old + bytes)) : second, 0));
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

// @ts-ignore: decorator
@inline
function emit<T>(sum: v128, scale: v128, old: usize, out: usize, add: bool): void {
  const scaled = v128.mul<T>(scale, sum);
  v128.store(out, add ? v128.add<T>(scaled, v128.load(old)) : scaled);
}

/** Tiles of four rows of a packed A against all whole panels, along the rows of C: where k is small, calls would take as long as the sums, and C is the larger part. */
function packedTiles<T>(tiles: i32, panels: i32, a: usize, b: usize, k: i32, old: usize, c: usize, n: i32, add: bool, scale: T): void {
  const size = sizeof<T>();
  const bytes = <usize>n * size;
  const deep = <usize>(4 * k) * size;
  const s = v128.splat<T>(scale);
  for (let tile = 0; tile < tiles; tile++) {
    for (let panel = 0; panel < panels; panel++) {
      let a0 = v128.splat<T>(0), a1 = a0, b0 = a0, b1 = a0, c0 = a0, c1 = a0, d0 = a0, d1 = a0;
      let p = a;
      let row = b + (<usize>panel << 5);
      const at = c + (<usize>panel << 5);
      const from = old + (<usize>panel << 5);
      for (let l = 0; l < k; l++) {
        const y0 = v128.load(row);
        const y1 = v128.load(row, 16);
        let z = v128.load_splat<T>(p);
        a0 = v128.add<T>(a0, v128.mul<T>(z, y0));
        a1 = v128.add<T>(a1, v128.mul<T>(z, y1));
        z = v128.load_splat<T>(p, size);
        b0 = v128.add<T>(b0, v128.mul<T>(z, y0));
        b1 = v128.add<T>(b1, v128.mul<T>(z, y1));
        z = v128.load_splat<T>(p, 2 * size);
        c0 = v128.add<T>(c0, v128.mul<T>(z, y0));
        c1 = v128.add<T>(c1, v128.mul<T>(z, y1));
        z = v128.load_splat<T>(p, 3 * size);
        d0 = v128.add<T>(d0, v128.mul<T>(z, y0));
        d1 = v128.add<T>(d1, v128.mul<T>(z, y1));
        p += 4 * size;
        row += bytes;
      }
      if (add) {
        v128.store(at, v128.add<T>(v128.mul<T>(s, a0), v128.load(from)));
        v128.store(at + 16, v128.add<T>(v128.mul<T>(s, a1), v128.load(from + 16)));
        v128.store(at + bytes, v128.add<T>(v128.mul<T>(s, b0), v128.load(from + bytes)));
        v128.store(at + bytes + 16, v128.add<T>(v128.mul<T>(s, b1), v128.load(from + bytes + 16)));
        v128.store(at + 2 * bytes, v128.add<T>(v128.mul<T>(s, c0), v128.load(from + 2 * bytes)));
        v128.store(at + 2 * bytes + 16, v128.add<T>(v128.mul<T>(s, c1), v128.load(from + 2 * bytes + 16)));
        v128.store(at + 3 * bytes, v128.add<T>(v128.mul<T>(s, d0), v128.load(from + 3 * bytes)));
        v128.store(at + 3 * bytes + 16, v128.add<T>(v128.mul<T>(s, d1), v128.load(from + 3 * bytes + 16)));
      } else {
        v128.store(at, v128.mul<T>(s, a0));
        v128.store(at + 16, v128.mul<T>(s, a1));
        v128.store(at + bytes, v128.mul<T>(s, b0));
        v128.store(at + bytes + 16, v128.mul<T>(s, b1));
        v128.store(at + 2 * bytes, v128.mul<T>(s, c0));
        v128.store(at + 2 * bytes + 16, v128.mul<T>(s, c1));
        v128.store(at + 3 * bytes, v128.mul<T>(s, d0));
        v128.store(at + 3 * bytes + 16, v128.mul<T>(s, d1));
      }
    }
    a += deep;
    old += 4 * bytes;
    c += 4 * bytes;
  }
}

/** Four rows; one vector of columns (W = i32) or two (W = i64). */
function tile4<T, W>(a: usize, rowStep: usize, depthStep: usize, b: usize, panelStep: usize, k: i32, old: usize, c: usize, bytes: usize, add: bool, scale: T): void {
  const two = sizeof<W>() == 8;
  let p0 = a, p1 = a + rowStep, p2 = p1 + rowStep, p3 = p2 + rowStep;
  let a0 = v128.splat<T>(0), a1 = a0, b0 = a0, b1 = a0, c0 = a0, c1 = a0, d0 = a0, d1 = a0;
  for (let l = 0; l < k; l++) {
    const y0 = v128.load(b);
    const y1 = two ? v128.load(b, 16) : y0;
    let z = v128.load_splat<T>(p0);
    a0 = v128.add<T>(a0, v128.mul<T>(z, y0));
    if (two) a1 = v128.add<T>(a1, v128.mul<T>(z, y1));
    z = v128.load_splat<T>(p1);
    b0 = v128.add<T>(b0, v128.mul<T>(z, y0));
    if (two) b1 = v128.add<T>(b1, v128.mul<T>(z, y1));
    z = v128.load_splat<T>(p2);
    c0 = v128.add<T>(c0, v128.mul<T>(z, y0));
    if (two) c1 = v128.add<T>(c1, v128.mul<T>(z, y1));
    z = v128.load_splat<T>(p3);
    d0 = v128.add<T>(d0, v128.mul<T>(z, y0));
    if (two) d1 = v128.add<T>(d1, v128.mul<T>(z, y1));
    p0 += depthStep;
    p1 += depthStep;
    p2 += depthStep;
    p3 += depthStep;
    b += panelStep;
  }
  const s = v128.splat<T>(scale);
  emit<T>(a0, s, old, c, add);
  if (two) emit<T>(a1, s, old + 16, c + 16, add);
  emit<T>(b0, s, old + bytes, c + bytes, add);
  if (two) emit<T>(b1, s, old + bytes + 16, c + bytes + 16, add);
  emit<T>(c0, s, old + 2 * bytes, c + 2 * bytes, add);
  if (two) emit<T>(c1, s, old + 2 * bytes + 16, c + 2 * bytes + 16, add);
  emit<T>(d0, s, old + 3 * bytes, c + 3 * bytes, add);
  if (two) emit<T>(d1, s, old + 3 * bytes + 16, c + 3 * bytes + 16, add);
}

/** Three rows, as in tile4. */
function tile3<T, W>(a: usize, rowStep: usize, depthStep: usize, b: usize, panelStep: usize, k: i32, old: usize, c: usize, bytes: usize, add: bool, scale: T): void {
  const two = sizeof<W>() == 8;
  let p0 = a, p1 = a + rowStep, p2 = p1 + rowStep;
  let a0 = v128.splat<T>(0), a1 = a0, b0 = a0, b1 = a0, c0 = a0, c1 = a0;
  for (let l = 0; l < k; l++) {
    const y0 = v128.load(b);
    const y1 = two ? v128.load(b, 16) : y0;
    let z = v128.load_splat<T>(p0);
    a0 = v128.add<T>(a0, v128.mul<T>(z, y0));
    if (two) a1 = v128.add<T>(a1, v128.mul<T>(z, y1));
    z = v128.load_splat<T>(p1);
    b0 = v128.add<T>(b0, v128.mul<T>(z, y0));
    if (two) b1 = v128.add<T>(b1, v128.mul<T>(z, y1));
    z = v128.load_splat<T>(p2);
    c0 = v128.add<T>(c0, v128.mul<T>(z, y0));
    if (two) c1 = v128.add<T>(c1, v128.mul<T>(z, y1));
    p0 += depthStep;
    p1 += depthStep;
    p2 += depthStep;
    b += panelStep;
  }
  const s = v128.splat<T>(scale);
  emit<T>(a0, s, old, c, add);
  if (two) emit<T>(a1, s, old + 16, c + 16, add);
  emit<T>(b0, s, old + bytes, c + bytes, add);
  if (two) emit<T>(b1, s, old + bytes + 16, c + bytes + 16, add);
  emit<T>(c0, s, old + 2 * bytes, c + 2 * bytes, add);
  if (two) emit<T>(c1, s, old + 2 * bytes + 16, c + 2 * bytes + 16, add);
}

/** One or two rows, as in tile4. */
function tile2<T, W>(a: usize, rowStep: usize, rows: i32, depthStep: usize, b: usize, panelStep: usize, k: i32, old: usize, c: usize, bytes: usize, add: bool, scale: T): void {
  const two = sizeof<W>() == 8;
  let p0 = a, p1 = rows > 1 ? a + rowStep : a;
  let a0 = v128.splat<T>(0), a1 = a0, b0 = a0, b1 = a0;
  for (let l = 0; l < k; l++) {
    const y0 = v128.load(b);
    const y1 = two ? v128.load(b, 16) : y0;
    let z = v128.load_splat<T>(p0);
    a0 = v128.add<T>(a0, v128.mul<T>(z, y0));
    if (two) a1 = v128.add<T>(a1, v128.mul<T>(z, y1));
    z = v128.load_splat<T>(p1);
    b0 = v128.add<T>(b0, v128.mul<T>(z, y0));
    if (two) b1 = v128.add<T>(b1, v128.mul<T>(z, y1));
    p0 += depthStep;
    p1 += depthStep;
    b += panelStep;
  }
  const s = v128.splat<T>(scale);
  emit<T>(a0, s, old, c, add);
  if (two) emit<T>(a1, s, old + 16, c + 16, add);
  if (rows < 2) return;
  emit<T>(b0, s, old + bytes, c + bytes, add);
  if (two) emit<T>(b1, s, old + bytes + 16, c + bytes + 16, add);
}

/** The columns of a tile that fills no vectors: out of the spill (rows of 32 bytes) into the product, number by number. */
function partial<T>(spill: usize, rows: i32, columns: i32, old: usize, c: usize, bytes: usize, add: bool, scale: T): void {
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      const at = <usize>i * bytes + <usize>j * sizeof<T>();
      const scaled = scale * load<T>(spill + (<usize>i << 5) + <usize>j * sizeof<T>());
      store<T>(c + at, <T>(add ? scaled + load<T>(old + at) : scaled));
    }
  }
}

/** Rows of a transposed A, four by four: out[four][l][row]. The source has its depth `m` elements apart. */
function packRows<T>(a: usize, rows: i32, k: i32, m: i32, out: usize): void {
  const size = sizeof<T>();
  for (let i = 0; i < rows; i += 4) {
    const left = min(rows - i, 4);
    let from = element<T>(a, i);
    for (let l = 0; l < k; l++) {
      if (left == 4) {
        v128.store(out, v128.load(from));
        if (size == 8) v128.store(out, v128.load(from, 16), 16);
      } else {
        for (let r = 0; r < left; r++) store<T>(element<T>(out, r), load<T>(element<T>(from, r)));
      }
      from += <usize>m * size;
      out += 4 * size;
    }
  }
}

/** Columns of B as a panel, one row of `step` bytes after the other, filled up with 0. */
function packColumns<T>(b: usize, n: i32, k: i32, columns: i32, out: usize, step: usize): void {
  const size = sizeof<T>();
  const bytes = <usize>columns * size;
  for (let l = 0; l < k; l++) {
    if (bytes == 32) {
      v128.store(out, v128.load(b));
      v128.store(out, v128.load(b, 16), 16);
    } else if (bytes == 16) {
      v128.store(out, v128.load(b));
    } else if (bytes == 8) {
      v128.store(out, v128.load64_zero(b));
    } else if (bytes == 24) {
      v128.store(out, v128.load(b));
      v128.store(out, v128.load64_zero(b, 16), 16);
    } else {
      for (let at: usize = 0; at < step; at += size) store<T>(out + at, at < bytes ? load<T>(b + at) : <T>0);
    }
    b += <usize>n * size;
    out += step;
  }
}

/** The same from a transposed B, whose columns are rows of k numbers. */
function packTransposed<T>(b: usize, k: i32, columns: i32, out: usize, step: usize): void {
  const size = sizeof<T>();
  const row = <usize>k * size;
  const vectors = width<T>();
  for (let at: usize = 0; at < step; at += 16) {
    const first = <i32>(at / size);
    const from = b + <usize>first * row;
    if (columns - first >= vectors) {
      if (size == 8) turn64(from, row, k, out + at, step);
      else turn32(from, k, out + at, step);
      continue;
    }
    for (let j = 0; j < vectors; j++) {
      const column = b + <usize>(first + j) * row;
      let to = element<T>(out + at, j);
      for (let l = 0; l < k; l++) {
        store<T>(to, first + j < columns ? load<T>(element<T>(column, l)) : <T>0);
        to += step;
      }
    }
  }
}

/** Two rows of k doubles, `row` bytes apart, as k vectors. */
function turn64(from: usize, row: usize, k: i32, out: usize, step: usize): void {
  let l = 0;
  for (; l + 2 <= k; l += 2) {
    const x = v128.load(from);
    const y = v128.load(from + row);
    v128.store(out, v128.shuffle<f64>(x, y, 0, 2));
    v128.store(out + step, v128.shuffle<f64>(x, y, 1, 3));
    from += 16;
    out += 2 * step;
  }
  if (l < k) v128.store(out, f64x2.replace_lane(v128.load64_splat(from), 1, load<f64>(from + row)));
}

/** Four rows of k floats as k vectors. */
function turn32(from: usize, k: i32, out: usize, step: usize): void {
  const row = <usize>k << 2;
  let l = 0;
  for (; l + 4 <= k; l += 4) {
    const x = v128.load(from);
    const y = v128.load(from + row);
    const z = v128.load(from + 2 * row);
    const w = v128.load(from + 3 * row);
    const xyLow = v128.shuffle<f32>(x, y, 0, 4, 1, 5);
    const zwLow = v128.shuffle<f32>(z, w, 0, 4, 1, 5);
    const xyHigh = v128.shuffle<f32>(x, y, 2, 6, 3, 7);
    const zwHigh = v128.shuffle<f32>(z, w, 2, 6, 3, 7);
    v128.store(out, v128.shuffle<f64>(xyLow, zwLow, 0, 2));
    v128.store(out + step, v128.shuffle<f64>(xyLow, zwLow, 1, 3));
    v128.store(out + 2 * step, v128.shuffle<f64>(xyHigh, zwHigh, 0, 2));
    v128.store(out + 3 * step, v128.shuffle<f64>(xyHigh, zwHigh, 1, 3));
    from += 16;
    out += 4 * step;
  }
  for (; l < k; l++) {
    for (let r: usize = 0; r < 4; r++) store<f32>(out + (r << 2), load<f32>(from + r * row));
    from += 4;
    out += step;
  }
}
