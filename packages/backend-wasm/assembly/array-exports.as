/** The kernels on plain arrays and on S^2, as functions of a range of rows or numbers: whoever divides the work calls them on parts. */
import { activation } from "./activation";
import { adamStep, linearCombination, swapAxes } from "./arrays";
import { binomials, binomialsScratch } from "./binomials";
import { matmul, matmulScratch } from "./matmul";
import { normals, normalsScratch } from "./normals";
import { rowNormalise, rowNormaliseBackward, rowSoftmaxBackward } from "./rows";
import { sphericalDrift, sphericalMoments, sphericalScratch } from "./spherical";

export { binomialsScratch, matmulScratch, normalsScratch, sphericalScratch };

export function matmul_f32(a: usize, b: usize, old: usize, c: usize, from: i32, to: i32, m: i32, k: i32, n: i32, heads: i32, strideA: i32, strideB: i32, flags: i32, scale: f64, scratch: usize): void {
  matmul<f32>(a, b, old, c, from, to, m, k, n, heads, strideA, strideB, flags, <f32>scale, scratch);
}
export function matmul_f64(a: usize, b: usize, old: usize, c: usize, from: i32, to: i32, m: i32, k: i32, n: i32, heads: i32, strideA: i32, strideB: i32, flags: i32, scale: f64, scratch: usize): void {
  matmul<f64>(a, b, old, c, from, to, m, k, n, heads, strideA, strideB, flags, scale, scratch);
}

export function swapAxes_f32(x: usize, y: usize, from: i32, to: i32, a: i32, b: i32, c: i32): void {
  swapAxes<f32>(x, y, from, to, a, b, c);
}
export function swapAxes_f64(x: usize, y: usize, from: i32, to: i32, a: i32, b: i32, c: i32): void {
  swapAxes<f64>(x, y, from, to, a, b, c);
}

export function rowSoftmaxBackward_f32(y: usize, g: usize, dx: usize, from: i32, to: i32, m: i32): void {
  rowSoftmaxBackward<f32>(y, g, dx, from, to, m);
}
export function rowSoftmaxBackward_f64(y: usize, g: usize, dx: usize, from: i32, to: i32, m: i32): void {
  rowSoftmaxBackward<f64>(y, g, dx, from, to, m);
}

export function rowNormalise_f32(x: usize, y: usize, from: i32, to: i32, m: i32, epsilon: f64): void {
  rowNormalise<f32>(x, y, from, to, m, <f32>epsilon);
}
export function rowNormalise_f64(x: usize, y: usize, from: i32, to: i32, m: i32, epsilon: f64): void {
  rowNormalise<f64>(x, y, from, to, m, epsilon);
}

export function rowNormaliseBackward_f32(x: usize, g: usize, dx: usize, from: i32, to: i32, m: i32, epsilon: f64): void {
  rowNormaliseBackward<f32>(x, g, dx, from, to, m, <f32>epsilon);
}
export function rowNormaliseBackward_f64(x: usize, g: usize, dx: usize, from: i32, to: i32, m: i32, epsilon: f64): void {
  rowNormaliseBackward<f64>(x, g, dx, from, to, m, epsilon);
}

export function activation_f32(x: usize, g: usize, y: usize, from: i32, to: i32, name: i32): void {
  activation<f32>(x, g, y, from, to, name);
}
export function activation_f64(x: usize, g: usize, y: usize, from: i32, to: i32, name: i32): void {
  activation<f64>(x, g, y, from, to, name);
}

export function linearCombination_f32(x: usize, y: usize, out: usize, from: i32, to: i32, n: i32, shared: bool, a: f64, b: f64): void {
  linearCombination<f32>(x, y, out, from, to, n, shared, <f32>a, <f32>b);
}
export function linearCombination_f64(x: usize, y: usize, out: usize, from: i32, to: i32, n: i32, shared: bool, a: f64, b: f64): void {
  linearCombination<f64>(x, y, out, from, to, n, shared, a, b);
}

export function adamStep_f32(p: usize, g: usize, m: usize, v: usize, rates: usize, outP: usize, outM: usize, outV: usize, from: i32, to: i32, n: i32, beta1: f64, beta2: f64, epsilon: f64): void {
  adamStep<f32>(p, g, m, v, rates, outP, outM, outV, from, to, n, beta1, beta2, epsilon);
}
export function adamStep_f64(p: usize, g: usize, m: usize, v: usize, rates: usize, outP: usize, outM: usize, outV: usize, from: i32, to: i32, n: i32, beta1: f64, beta2: f64, epsilon: f64): void {
  adamStep<f64>(p, g, m, v, rates, outP, outM, outV, from, to, n, beta1, beta2, epsilon);
}

export function normals_f32(keys: usize, out: usize, from: i32, to: i32, n: i32, first: f64, scratch: usize): void {
  normals<f32>(keys, out, from, to, n, first, scratch);
}
export function normals_f64(keys: usize, out: usize, from: i32, to: i32, n: i32, first: f64, scratch: usize): void {
  normals<f64>(keys, out, from, to, n, first, scratch);
}

export function sphericalMoments_f32(x: usize, out: usize, from: i32, to: i32, n: i32, degree: i32, table: usize, scratch: usize): void {
  sphericalMoments<f32>(x, out, from, to, n, degree, table, scratch);
}
export function sphericalMoments_f64(x: usize, out: usize, from: i32, to: i32, n: i32, degree: i32, table: usize, scratch: usize): void {
  sphericalMoments<f64>(x, out, from, to, n, degree, table, scratch);
}

export function sphericalDrift_f32(x: usize, out: usize, from: i32, to: i32, n: i32, degree: i32, table: usize, a: usize, b: usize, scratch: usize): void {
  sphericalDrift<f32>(x, out, from, to, n, degree, table, a, b, scratch);
}
export function sphericalDrift_f64(x: usize, out: usize, from: i32, to: i32, n: i32, degree: i32, table: usize, a: usize, b: usize, scratch: usize): void {
  sphericalDrift<f64>(x, out, from, to, n, degree, table, a, b, scratch);
}

export function binomials_f32(keys: usize, p: usize, out: usize, from: i32, to: i32, n: i32, trials: f64, scratch: usize): void {
  binomials<f32>(keys, p, out, from, to, n, trials, scratch);
}
export function binomials_f64(keys: usize, p: usize, out: usize, from: i32, to: i32, n: i32, trials: f64, scratch: usize): void {
  binomials<f64>(keys, p, out, from, to, n, trials, scratch);
}
