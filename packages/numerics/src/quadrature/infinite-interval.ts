/** An integrand over a finite interval, and the way back to the caller's variable. */
export interface MappedIntegrand {
  readonly f: (t: number) => number;
  readonly a: number;
  readonly b: number;
  readonly x: (t: number) => number;
}

/**
 * The integral of f over (a, b) as one over a finite interval: x = a + t/(1 - t) for a half line, x = t/(1 - t^2) for
 * the line. The Jacobian is part of the returned integrand, as is the sign of a range given backwards.
 */
export function overFiniteInterval(f: (x: number) => number, a: number, b: number): MappedIntegrand {
  if (Number.isFinite(a) && Number.isFinite(b)) return { f, a, b, x: (t) => t };
  if (a > b) return backwards(overFiniteInterval(f, b, a));
  if (Number.isFinite(a)) return mapped(f, 0, 1, (t) => a + t / (1 - t), (t) => 1 / (1 - t) / (1 - t));
  if (Number.isFinite(b)) return mapped(f, 0, 1, (t) => b - t / (1 - t), (t) => 1 / (1 - t) / (1 - t));
  return mapped(f, -1, 1, (t) => t / ((1 - t) * (1 + t)), (t) => (1 + t * t) / ((1 - t) * (1 + t)) / ((1 - t) * (1 + t)));
}

function mapped(
  f: (x: number) => number,
  a: number,
  b: number,
  x: (t: number) => number,
  jacobian: (t: number) => number,
): MappedIntegrand {
  return { f: (t) => f(x(t)) * jacobian(t), a, b, x };
}

function backwards(forward: MappedIntegrand): MappedIntegrand {
  return { ...forward, f: (t) => -forward.f(t) };
}
