/** Tiles of a product: a few rows of A with one panel of B, each sum in a lane of a register. */
// @ts-ignore: decorator
@inline
function emit<T>(sum: v128, scale: v128, old: usize, out: usize, add: bool): void {
  const scaled = v128.mul<T>(scale, sum);
  v128.store(out, add ? v128.add<T>(scaled, v128.load(old)) : scaled);
}

/** Tiles of four rows of a packed A against all whole panels, along the rows of C: where k is small, calls would take as long as the sums, and C is the larger part. */
export function packedTiles<T>(tiles: i32, panels: i32, a: usize, b: usize, k: i32, old: usize, c: usize, n: i32, add: bool, scale: T): void {
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
export function tile4<T, W>(a: usize, rowStep: usize, depthStep: usize, b: usize, panelStep: usize, k: i32, old: usize, c: usize, bytes: usize, add: bool, scale: T): void {
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
export function tile3<T, W>(a: usize, rowStep: usize, depthStep: usize, b: usize, panelStep: usize, k: i32, old: usize, c: usize, bytes: usize, add: bool, scale: T): void {
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
export function tile2<T, W>(a: usize, rowStep: usize, rows: i32, depthStep: usize, b: usize, panelStep: usize, k: i32, old: usize, c: usize, bytes: usize, add: bool, scale: T): void {
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
export function partial<T>(spill: usize, rows: i32, columns: i32, old: usize, c: usize, bytes: usize, add: bool, scale: T): void {
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      const at = <usize>i * bytes + <usize>j * sizeof<T>();
      const scaled = scale * load<T>(spill + (<usize>i << 5) + <usize>j * sizeof<T>());
      store<T>(c + at, <T>(add ? scaled + load<T>(old + at) : scaled));
    }
  }
}
