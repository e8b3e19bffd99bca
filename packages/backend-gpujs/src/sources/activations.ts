/**
 * @file Activations and their derivatives, number by number. The error function is that of Cephes for single precision (S. Moshier, 1992): an odd polynomial below 1, e^{-x^2} / x times
 * a polynomial in 1 / x^2 beyond; relative error 2e-7.
 */
import { exponential, hyperbolicTangent } from "./arithmetic.js";
import type { Source } from "./source.js";

const HERE = "[this.thread.z][this.thread.y][this.thread.x]";
const NEAR = [7.853861353153693e-5, -8.010193625184903e-4, 5.188327685732524e-3, -2.685381193529856e-2, 1.128358514861418e-1, -3.7612625824233e-1, 1.12837916572671];
const MIDDLE = [2.326819970068386e-2, -1.387039388740657e-1, 3.687424674597105e-1, -5.824733027278666e-1, 6.210004621745983e-1, -4.944515323274145e-1, 3.404879937665872e-1, -2.741127028184656e-1, 5.638259427386472e-1];
const FAR = [-1.047766399936249e1, 1.297719955372516e1, -7.495518717768503, 2.92101901921078, -1.015265279202700, 4.218463358204948e-1, -2.820767439740514e-1, 5.641895067754075e-1];

/** Nested multiplication, the highest coefficient first. */
function polynomial(coefficients: readonly number[], x: string): string {
  return coefficients.slice(1).reduce((inner, c) => `(${inner} * ${x} ${c < 0 ? "-" : "+"} ${decimal(Math.abs(c))})`, decimal(coefficients[0]!));
}

/** A literal without an exponent: not every dialect takes one. */
function decimal(c: number): string {
  return c.toFixed(20).replace(/0+$/, "0");
}

/** Statements that make `value` = erf(x / sqrt 2) and `value`Gauss = e^{-x^2 / 2}. */
function errorFunction(x: string, value: string): string {
  return [
    `const ${value}Of = ${x};`,
    `const ${value}Arg = ${value}Of * 0.70710678118654752;`,
    `const ${value}Size = Math.abs(${value}Arg);`,
    `const ${value}Square = ${value}Arg * ${value}Arg;`,
    exponential(`-0.5 * (${value}Of * ${value}Of)`, `${value}Gauss`),
    `const ${value}Near = ${value}Arg * ${polynomial(NEAR, `${value}Square`)};`,
    `const ${value}Beyond = ${value}Size > 1.5 * 0.6 ? ${value}Size : 1.5 * 0.6;`,
    `const ${value}Inverse = 1.0 / ${value}Beyond;`,
    `const ${value}Small = ${value}Inverse * ${value}Inverse;`,
    `const ${value}Series = ${value}Size < 2.0 ? ${polynomial(MIDDLE, `${value}Small`)} : ${polynomial(FAR, `${value}Small`)};`,
    `const ${value}Tail = ${value}Gauss * ${value}Inverse * ${value}Series;`,
    `const ${value}Signed = ${value}Arg < 0.0 ? ${value}Tail - 1.0 : 1.0 - ${value}Tail;`,
    `const ${value} = ${value}Size < 1.0 ? ${value}Near : ${value}Signed;`,
  ].join("\n");
}

/** Name of an activation of the catalogue. */
export type Activation = "relu" | "erf" | "gelu" | "tanh";

const VALUES: Readonly<Record<Activation, string>> = {
  relu: `const given = x${HERE};\nconst low = given < -1.5 ? -1.5 : given;\nreturn given > 0.0 ? given : 0.0 * low;`,
  erf: `${errorFunction(`x${HERE}`, "phi")}\nreturn phi;`,
  // 1 + erf(-|x| / sqrt 2) is the tail itself where it is small.
  gelu: `${errorFunction(`x${HERE}`, "phi")}
const upper = phiSize < 1.0 ? 0.5 + 0.5 * phi : (phiArg < 0.0 ? 0.5 * phiTail : 1.0 - 0.5 * phiTail);
const held = phiOf < -100.5 ? -100.5 : phiOf;
return held * upper;`,
  tanh: `${hyperbolicTangent(`x${HERE}`, "phi")}\nreturn phi;`,
};

const SLOPES: Readonly<Record<Activation, string>> = {
  relu: `const given = x${HERE};\nconst low = given < -1.5 ? -1.5 : given;\nconst gradient = g${HERE};\nreturn given > 0.0 ? gradient : 0.0 * (gradient * low);`,
  erf: `const given = x${HERE};\n${exponential("-0.5 * (given * given)", "gauss")}\nreturn g${HERE} * (0.79788456080286536 * gauss);`,
  gelu: `${errorFunction(`x${HERE}`, "phi")}
const upper = phiSize < 1.0 ? 0.5 + 0.5 * phi : (phiArg < 0.0 ? 0.5 * phiTail : 1.0 - 0.5 * phiTail);
const below = phiOf < -100.5 ? -100.5 : phiOf;
const held = below > 100.5 ? 100.5 : below;
return g${HERE} * (upper + 0.39894228040143268 * held * phiGauss);`,
  tanh: `${hyperbolicTangent(`x${HERE}`, "phi")}\nreturn g${HERE} * ((1.0 - phi) * (1.0 + phi));`,
};

/** phi(x). */
export function activated(name: Activation): Source {
  return { parameters: { x: "array" }, body: VALUES[name] };
}

/** g phi'(x). */
export function activatedBack(name: Activation): Source {
  return { parameters: { x: "array", g: "array" }, body: SLOPES[name] };
}
