/** @file Student's t law. */
import { incompleteBeta } from "./incomplete-beta.js";
import { whereTailIs } from "./quantile-of.js";

/** P(T > t) with `freedom` degrees of freedom: I_x(nu / 2, 1 / 2) / 2 with x = nu / (nu + t^2), for t >= 0. */
export function studentTail(t: number, freedom: number): number {
  if (Math.abs(t) === Infinity) return t > 0 ? 0 : 1;
  const x = freedom / (freedom + t * t);
  const tail = 0.5 * incompleteBeta(freedom / 2, 0.5, x, (t * t) / (freedom + t * t));
  return t >= 0 ? tail : 1 - tail;
}

/** t with P(T <= t) = p, for 0 < p < 1. */
export function studentQuantile(p: number, freedom: number): number {
  const tail = (t: number): number => studentTail(t, freedom);
  let far = 2;
  const target = Math.min(p, 1 - p);
  while (tail(far) > target && far < 1e300) far *= 2;
  const t = whereTailIs(tail, target, 0, far);
  return p > 0.5 ? t : -t;
}
