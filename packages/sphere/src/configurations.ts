/** @file Point configurations with known inner products: regular simplex, cross-polytope, Fibonacci lattice. */
import { requireInteger, sinCos } from "@mesoscope/numerics";

/**
 * The d + 1 vertices of the regular simplex on S^{d-1}: inner products -1/d, sum 0.
 * @param d dimension of the space, d >= 1
 * @returns (d + 1, d) row-major
 * @throws DomainError unless d is an integer >= 1
 */
export function simplex(d: number): Float64Array {
  requireInteger("d", d, { min: 1, max: 1e4 });
  const x = new Float64Array((d + 1) * d);
  // Column a: vertex a stands at the top of what is left of the sphere, all later ones share one height below.
  let left = 1; // squared radius of the sphere that the vertices a .. d span
  for (let a = 0; a < d; a++) {
    const top = Math.sqrt(left);
    x[a * d + a] = top;
    for (let i = a + 1; i <= d; i++) x[i * d + a] = -top / (d - a);
    left = ((d + 1) * (d - a - 1)) / (d * (d - a)); // = left (1 - 1/(d - a)^2), exact in closed form
  }
  return x;
}

/**
 * The 2d vertices of the cross-polytope on S^{d-1}: e_1, -e_1, e_2, -e_2, ...
 * @returns (2 d, d) row-major
 * @throws DomainError unless d is an integer >= 1
 */
export function crossPolytope(d: number): Float64Array {
  requireInteger("d", d, { min: 1, max: 1e4 });
  const x = new Float64Array(2 * d * d);
  for (let a = 0; a < d; a++) {
    x[2 * a * d + a] = 1;
    x[(2 * a + 1) * d + a] = -1;
  }
  return x;
}

/**
 * n points on S^2 spread evenly: heights 1 - (2i + 1)/n, longitudes 2 pi i divided by the golden ratio.
 * @returns (n, 3) row-major
 * @throws DomainError unless n is an integer >= 1
 * @see Gonzalez (2010), Math. Geosci. 42
 */
export function fibonacciSphere(n: number): Float64Array {
  requireInteger("n", n, { min: 1, max: 1e9 });
  const x = new Float64Array(3 * n);
  const turn = new Float64Array(2);
  const step = (Math.sqrt(5) - 1) / 2;
  for (let i = 0; i < n; i++) {
    const z = 1 - (2 * i + 1) / n;
    const radius = Math.sqrt((1 - z) * (1 + z));
    const turns = i * step;
    sinCos(2 * Math.PI * (turns - Math.floor(turns)), turn);
    x.set([radius * turn[1]!, radius * turn[0]!, z], 3 * i);
  }
  return x;
}
