/**
 * @file Real spherical harmonics of S^2 as Y_{k,+-m} = s_{k,m} q_{k,m}(z) Re, Im (x + iy)^m, with monic polynomials q by the recurrence
 * q_k = z q_{k-1} - g_k q_{k-2} in the degree, which is stable upwards (Holmes, Featherstone (2002), J. Geodesy 76, 279-299, with the scale taken out: one
 * product less a step). Formed from the coordinates, without angles: smooth at the poles.
 */

/** Numbers of the recurrence for pairs (m, k), 0 <= m <= k <= K: order by order, degrees ascending, m (2K - m + 3) / 2 + k - m. */
export interface HarmonicTable {
  readonly degree: number;
  /** g_{k,m}. */
  readonly fall: Float64Array;
  /** s_{k,m}. */
  readonly scale: Float64Array;
  /** kappa_{k,m-1} with (s q)'_{k,m-1} = kappa s_{k,m} q_{k,m}: the derivative in z of the order before; 0 for m = 0. */
  readonly slope: Float64Array;
}

/** Place of (m, m) in a {@link HarmonicTable}. */
export function orderStart(degree: number, m: number): number {
  return (m * (2 * degree - m + 3)) / 2;
}

/** The table for degrees up to K. */
export function harmonicTable(degree: number): HarmonicTable {
  const count = orderStart(degree, degree + 1);
  const [fall, scale, slope] = [new Float64Array(count), new Float64Array(count), new Float64Array(count)];
  let diagonal = 1;
  for (let m = 0; m <= degree; m += 1) {
    if (m > 0) diagonal *= m === 1 ? Math.sqrt(3) : Math.sqrt((2 * m + 1) / (2 * m));
    const start = orderStart(degree, m);
    scale[start] = diagonal;
    for (let k = m + 1; k <= degree; k += 1) {
      const at = start + k - m;
      scale[at] = scale[at - 1]! * Math.sqrt(((2 * k - 1) * (2 * k + 1)) / ((k - m) * (k + m)));
      // fall s_{k-2} / s_k of the recurrence for s q.
      fall[at] = k - 1 > m ? ((k - 1 - m) * (k - 1 + m)) / ((2 * k - 3) * (2 * k - 1)) : 0;
    }
    for (let k = m; m > 0 && k <= degree; k += 1) slope[start + k - m] = Math.sqrt((k + m) * (k - m + 1) * (m === 1 ? 0.5 : 1));
  }
  return { degree, fall, scale, slope };
}
