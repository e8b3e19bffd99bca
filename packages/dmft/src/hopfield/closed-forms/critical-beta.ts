import { atan2, requireFinite, requireInteger, sin } from "@mesoscope/numerics";

/** An eigenvalue of the overlap of values with outputs. */
export interface ComplexNumber {
  readonly real: number;
  readonly imaginary: number;
}

/** Where u = 0 loses its stability, or that it never does. */
export type CriticalBeta =
  | {
      readonly kind: "critical";
      readonly beta: number;
      /** Angle by which the critical multiplier turns at each token, in (-pi, pi]; 0: a static pattern grows. */
      readonly angle: number;
      /** Multipliers that reach the unit circle together at this beta, for this eigenvalue. */
      readonly together: number;
    }
  | { readonly kind: "never"; readonly reason: string };

/**
 * The inverse temperature at which u = 0 loses its stability, for any context length [eq:one-bit-critical-beta]:
 * beta |kappa| is the least of L |sin(th/2)/sin(L th/2)| over th = 2 (arg kappa + pi k)/(L + 1), k = 0 ... L, for which the ratio has the sign (-1)^k.
 *
 * kappa > 0 gives 1/kappa for every L; kappa < 0 gives L/|kappa|, where L multipliers arrive together.
 *
 * @param kappa eigenvalue of C^vo = sum_c w_c xi^v(c) xi^o(c)^T (times 1 - eps, where positions have a weight)
 * @param contextLength L >= 1
 * @throws DomainError if kappa is not finite or L no positive integer
 */
export function criticalBeta(kappa: ComplexNumber, contextLength: number): CriticalBeta {
  const re = requireFinite("kappa.real", kappa.real);
  const im = requireFinite("kappa.imaginary", kappa.imaginary);
  const length = requireInteger("contextLength", contextLength, { min: 1 });
  const size = Math.sqrt(re * re + im * im);
  if (size === 0) return { kind: "never", reason: "kappa = 0: this direction is forgotten after one token at every beta." };
  const candidates = crossings(atan2(im, re), length);
  const least = Math.min(...candidates.map(({ ratio }) => ratio));
  const together = candidates.filter(({ ratio }) => ratio <= least * (1 + 1e-12));
  return { kind: "critical", beta: least / size, angle: together[0]!.angle, together: together.length };
}

/** Points of the unit circle that are multipliers for some beta, with L |sin(th/2)/sin(L th/2)| there. */
function crossings(argument: number, length: number): { ratio: number; angle: number }[] {
  const found: { ratio: number; angle: number }[] = [];
  for (let k = 0; k <= length; k++) {
    const angle = (2 * (argument + Math.PI * k)) / (length + 1);
    const below = sin((length * angle) / 2);
    const above = sin(angle / 2);
    // At th = 0 the ratio is its limit, 1; elsewhere a zero below means that no finite beta brings a multiplier here.
    const ratio = Math.abs(angle) < 1e-12 ? 1 : (length * above) / below;
    const wanted = k % 2 === 0 ? 1 : -1;
    if (Math.abs(angle) >= 1e-12 && Math.abs(below) < 1e-12) continue;
    if (Math.sign(ratio) === wanted) found.push({ ratio: Math.abs(ratio), angle: turned(angle) });
  }
  return found;
}

function turned(angle: number): number {
  let a = angle;
  while (a > Math.PI * (1 + 1e-15)) a -= 2 * Math.PI;
  while (a <= -Math.PI) a += 2 * Math.PI;
  return a;
}
