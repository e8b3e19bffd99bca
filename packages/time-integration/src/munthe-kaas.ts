/** @file Runge-Kutta methods that stay on products of spheres by construction. */
import { requireInteger, sinCos } from "@mesoscope/numerics";
import { exponentialMap } from "@mesoscope/sphere";
import type { Chart } from "./field.js";

const turn = new Float64Array(2);

/**
 * Coordinates of S^{d-1} x ... x S^{d-1} by rotations: the row xi, tangent at the row x, stands for the point exp(xi x^T - x xi^T) x, to which the rotation by |xi| in the
 * plane of x and xi takes x. A Runge-Kutta method in these coordinates is a Munthe-Kaas method. Among the rotations that move x as the field asks, those in planes
 * through x are taken; on them the series of dexp^{-1} sums to x/sin x, so that nothing is cut and a method of any order keeps it. Rows stay of length 1 up to
 * rounding, which adds up like that of a sum; `onSpheres` may be given too.
 *
 * A component of the field along x is ignored. A step that would turn a row by pi or more gives NaN, which the adaptive integrator answers by a shorter one.
 *
 * @throws DomainError unless d is an integer >= 1
 * @see Munthe-Kaas (1999), Appl. Numer. Math. 29, 115-127
 */
export function sphereChart(d: number): Chart {
  requireInteger("d", d, { min: 1 });
  return {
    point: (y, xi, out) => {
      exponentialMap(y, xi, y.length / d, d, out);
    },
    rate: (y, xi, velocity, out) => {
      for (let at = 0; at < y.length; at += d) rowRate(y, xi, velocity, out, at, d);
    },
  };
}

/**
 * The inverse differential of the exponential map. With e = xi/|xi| the point is x cos|xi| + e sin|xi|; the part of the velocity along the great circle is kept and turned
 * back, the part across is stretched by |xi|/sin|xi|.
 */
function rowRate(y: Float64Array, xi: Float64Array, velocity: Float64Array, out: Float64Array, at: number, d: number): void {
  let [square, alongX, alongXi] = [0, 0, 0];
  for (let k = at; k < at + d; k += 1) {
    square += xi[k]! * xi[k]!;
    alongX += velocity[k]! * y[k]!;
    alongXi += velocity[k]! * xi[k]!;
  }
  const angle = Math.sqrt(square);
  sinCos(angle, turn);
  const alongE = angle === 0 ? 0 : alongXi / angle;
  const along = alongE * turn[1]! - alongX * turn[0]!;
  const stretch = angle === 0 ? 1 : angle < Math.PI ? angle / turn[0]! : Number.NaN;
  const back = angle === 0 ? 0 : (along - stretch * alongE) / angle;
  for (let k = at; k < at + d; k += 1) out[k] = stretch * (velocity[k]! - alongX * y[k]!) + back * xi[k]!;
}
