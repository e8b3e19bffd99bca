/** @file Reflections I - beta v v^T that send a vector to a multiple of the first axis: what QR and Hessenberg forms are made of. */

/**
 * The reflection of the part k ... m - 1 of a column: `v` receives it (0 before k), and beta and the new leading entry come
 * back. The sign is chosen against cancellation; a zero column gives beta = 0, no reflection. Entries near 1 in size.
 */
export function reflection(a: Float64Array, n: number, m: number, k: number, column: number, v: Float64Array): { beta: number; leading: number } {
  let squares = 0;
  for (let i = 0; i < m; i++) {
    v[i] = i < k ? 0 : a[i * n + column]!;
    squares += v[i]! * v[i]!;
  }
  const norm = Math.sqrt(squares);
  const first = v[k]!;
  const leading = first > 0 ? -norm : norm;
  v[k] = first - leading;
  return { beta: norm === 0 ? 0 : 1 / (norm * (norm + Math.abs(first))), leading };
}

/** a <- (I - beta v v^T) a for the columns from ... n - 1 of an (m, n) matrix; v is 0 before k. `sums` (n) is scratch. */
export function reflectFromLeft(
  a: Float64Array,
  n: number,
  v: Float64Array,
  beta: number,
  k: number,
  from: number,
  sums: Float64Array,
): void {
  if (beta === 0) return;
  const m = v.length;
  sums.fill(0);
  for (let i = k; i < m; i++) {
    const factor = v[i]!;
    for (let j = from; j < n; j++) sums[j]! += factor * a[i * n + j]!;
  }
  for (let i = k; i < m; i++) {
    const factor = beta * v[i]!;
    for (let j = from; j < n; j++) a[i * n + j]! -= factor * sums[j]!;
  }
}

/** a <- a (I - beta v v^T) for rows 0 ... rows - 1 of a matrix with n columns; v (n) is 0 before k. */
export function reflectFromRight(a: Float64Array, n: number, rows: number, v: Float64Array, beta: number, k: number): void {
  if (beta === 0) return;
  for (let i = 0; i < rows; i++) {
    let sum = 0;
    for (let j = k; j < n; j++) sum += a[i * n + j]! * v[j]!;
    sum *= beta;
    for (let j = k; j < n; j++) a[i * n + j]! -= sum * v[j]!;
  }
}
