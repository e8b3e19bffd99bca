/** @file Activations and their derivatives in WGSL, number by number. */
import type { ActivationParameters } from "@mesoscope/kernels";
import { exponential, TANGENT } from "./exponential.js";
import { LANES, type Text } from "./shader.js";

/** 1 / sqrt 2 and 1 / sqrt(2 pi). */
const ROOTS = `const HALF_ROOT = 0.70710678;
const PEAK = 0.39894228;
`;

/**
 * `between(x)` = 2 Phi(x) - 1 = erf(x / sqrt 2) for x^2 <= 2, a polynomial good to 5e-11 (generate/normal_integral.py); `tail(x)` = 1 - Phi(x) for
 * x > 0, relative error 1.2e-7 (W. H. Press et al., Numerical Recipes, section 6.2, erfcc).
 */
const NORMAL = `${ROOTS}
fn between(x: f32) -> f32 {
  let s = x * x;
  var p = 2.924930805e-9;
  p = fma(p, s, -7.683897384e-8);
  p = fma(p, s, 1.321026011e-6);
  p = fma(p, s, -1.887674143e-5);
  p = fma(p, s, 2.30860795e-4);
  p = fma(p, s, -2.374653124e-3);
  p = fma(p, s, 1.994711338e-2);
  p = fma(p, s, -1.329807601e-1);
  p = fma(p, s, 7.978845608e-1);
  return p * x;
}

fn tail(x: f32) -> f32 {
  let z = x * HALF_ROOT;
  let t = 1.0 / (1.0 + 0.5 * z);
  var p = 0.17087277;
  p = fma(p, t, -0.82215223);
  p = fma(p, t, 1.48851587);
  p = fma(p, t, -1.13520398);
  p = fma(p, t, 0.27886807);
  p = fma(p, t, -0.18628806);
  p = fma(p, t, 0.09678418);
  p = fma(p, t, 0.37409196);
  p = fma(p, t, 1.00002368);
  p = fma(p, t, -1.26551223);
  return 0.5 * t * exponential(p - 0.5 * x * x);
}

fn below(x: f32) -> f32 {
  let far = tail(abs(x));
  return select(select(1.0 - far, far, x < 0.0), fma(0.5, between(x), 0.5), x * x < 2.0);
}

fn density(x: f32) -> f32 {
  return PEAK * exponential(-0.5 * x * x);
}
`;

type Name = ActivationParameters["name"];

const FUNCTIONS: Readonly<Record<Name, string>> = {
  relu: "select(0.0, number, number > 0.0)",
  erf: "select(sign(number) * (1.0 - 2.0 * tail(abs(number))), between(number), number * number < 2.0)",
  gelu: "number * below(number)",
  tanh: "tangent(number)",
};

const SLOPES: Readonly<Record<Name, string>> = {
  relu: "select(0.0, 1.0, number > 0.0)",
  erf: "2.0 * density(number)",
  gelu: "fma(number, density(number), below(number))",
  tanh: "(1.0 - tangent(number)) * (1.0 + tangent(number))",
};

const DECLARATIONS: Readonly<Record<Name, string>> = {
  relu: "",
  erf: exponential("f32") + NORMAL,
  gelu: exponential("f32") + NORMAL,
  tanh: exponential("f32") + TANGENT,
};

/** y = phi(x), or y = g phi'(x). */
export function activation(name: Name, backward: boolean): Text {
  return {
    declarations: DECLARATIONS[name],
    body: `
  let e = index * ${LANES}u + t;
  if (e >= p.length) {
    return;
  }
  let number = x[e];
  y[e] = ${backward ? `g[e] * (${SLOPES[name]})` : FUNCTIONS[name]};`,
  };
}
