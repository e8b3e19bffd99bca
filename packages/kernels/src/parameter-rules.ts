/** @file The rules of the parameters, shared by every backend: what no device could compute is refused here, with a reason. */
import { DomainError, requireFinite, requireInteger } from "@mesoscope/numerics";
import type { AngleSize, AttentionParameters, GeneralAttentionParameters, HarmonicParameters, InteractionParameters, MomentParameters, SphericalMomentParameters, SphericalParameters, StepParameters, TokenSize } from "./parameters.js";

/** Beyond this degree the scales of the recurrence for spherical harmonics near the end of what a double holds. */
const LARGEST_DEGREE = 512;

/** Beyond this, exp overflows a double. */
const LARGEST_EXPONENT = 709;

export function checkTokenSize(p: TokenSize): void {
  requireInteger("batch", p.batch, { min: 1 });
  requireInteger("n", p.n, { min: 1 });
  requireInteger("d", p.d, { min: 1 });
}

export function checkAngleSize(p: AngleSize): void {
  requireInteger("batch", p.batch, { min: 1 });
  requireInteger("n", p.n, { min: 1 });
}

export function checkAttention(p: AttentionParameters): void {
  checkTokenSize(p);
  requireFinite("beta", p.beta);
  if (p.flow === "USA") checkExponent(p.beta, p.shift ?? 0);
  else if ((p.flow as string) !== "SA") {
    throw new DomainError({ name: "flow", value: p.flow, rule: 'must be "SA" or "USA"', remedy: "Name the softmax flow SA, the unnormalised one USA." });
  } else if (p.shift !== undefined && p.shift !== 0) {
    throw new DomainError({ name: "shift", value: p.shift, rule: "has no meaning for the softmax flow", remedy: "Leave shift out, or take flow USA." });
  }
}

export function checkGeneralAttention(p: GeneralAttentionParameters): void {
  checkAttention(p);
  requireInteger("m", p.m, { min: 1 });
  requireInteger("e", p.e, { min: 1 });
  if (p.causal === true) requireInteger("m", p.m, { min: p.n, max: p.n }, "Causal attention is among the tokens of one sequence: give as many keys as queries.");
}

export function checkInteraction(p: InteractionParameters): void {
  checkTokenSize(p);
  checkExponent(requireFinite("beta", p.beta), p.shift ?? 0);
}

export function checkMoments(p: MomentParameters): void {
  checkAngleSize(p);
  requireInteger("order", p.order, { min: 1 });
}

export function checkHarmonics(p: HarmonicParameters): void {
  checkAngleSize(p);
  checkQuotient(p, Infinity);
}

export function checkSphericalMoments(p: SphericalMomentParameters): void {
  checkAngleSize(p);
  requireInteger("degree", p.degree, { min: 1, max: LARGEST_DEGREE });
}

export function checkSpherical(p: SphericalParameters): void {
  checkAngleSize(p);
  checkQuotient(p, LARGEST_DEGREE);
}

/** Coefficients of a quotient of two series. */
function checkQuotient(p: Pick<HarmonicParameters, "numerator" | "denominator">, longest: number): void {
  requireInteger("numerator.length", p.numerator.length, { min: 1, max: longest });
  for (const [index, a] of p.numerator.entries()) requireFinite(`numerator[${index}]`, a);
  if (p.denominator === undefined) return;
  requireInteger("denominator.length", p.denominator.length, { min: 1, max: p.numerator.length + 1 }, "Pad the numerator with zeros to the order of the denominator.");
  for (const [index, b] of p.denominator.entries()) requireFinite(`denominator[${index}]`, b);
}

export function checkStep({ dt, tableau }: StepParameters): void {
  requireFinite("dt", dt);
  const { a, b } = tableau;
  requireInteger("tableau.b.length", b.length, { min: 1 });
  requireInteger("tableau.a.length", a.length, { min: b.length, max: b.length }, "Give one row of a for each stage.");
  for (const [stage, row] of a.entries()) {
    requireInteger(`tableau.a[${stage}].length`, row.length, { min: 0, max: stage }, "Give an explicit method: stage i may use the stages before it only.");
    for (const [j, entry] of row.entries()) requireFinite(`tableau.a[${stage}][${j}]`, entry);
  }
  for (const [stage, weight] of b.entries()) requireFinite(`tableau.b[${stage}]`, weight);
}

function checkExponent(beta: number, shift: number): void {
  requireFinite("shift", shift);
  const largest = Math.max(beta * (1 - shift), beta * (-1 - shift));
  if (largest > LARGEST_EXPONENT) {
    throw new DomainError({
      name: "beta",
      value: beta,
      rule: `exp(beta (<x, y> - shift)) overflows for shift = ${shift}`,
      remedy: "Measure time in units of e^{-|beta|}: give shift = sign(beta).",
    });
  }
}
