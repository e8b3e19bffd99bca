/** @file The domain shared by the Bessel functions of this package, and their parity. */
import { DomainError, requireInRange } from "@mesoscope/numerics";

/** Orders beyond this are refused: nothing here was measured against a reference there. */
export const LARGEST_ORDER = 1e6;
/** Arguments beyond this are refused: x^2 is formed. */
export const LARGEST_ARGUMENT = 1e150;

/** @throws DomainError unless 0 <= nu <= 1e6 and |x| <= 1e150, with x >= 0 unless nu is an integer. */
export function requireBesselDomain(nu: number, x: number): void {
  requireInRange(
    "nu",
    nu,
    { min: 0, max: LARGEST_ORDER },
    "Give an order from 0 to 1e6; for an integer order use I_{-n} = I_n.",
  );
  requireInRange("x", x, { min: -LARGEST_ARGUMENT, max: LARGEST_ARGUMENT }, "Give a finite argument.");
  if (x < 0 && !Number.isInteger(nu)) {
    throw new DomainError({
      name: "x",
      value: x,
      rule: `must be at least 0 for the non-integer order nu = ${nu}: I is complex below`,
      remedy: "Give x >= 0, or an integer order.",
    });
  }
}

/** Sign of I_n(x) for integer n: (-1)^n for x < 0. */
export function besselSign(nu: number, x: number): 1 | -1 {
  return x < 0 && nu % 2 === 1 ? -1 : 1;
}
