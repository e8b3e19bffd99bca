/** @file How far the elementary functions of the kernels are from those of @mesoscope/numerics: runs in Node and in a page. */
import type { Backend } from "@mesoscope/kernels";
import { exp, key, sinCos, tanh } from "@mesoscope/numerics";

/** Distance of neighbouring floats at x. */
function ulp(x: number): number {
  const bits = new Uint32Array(new Float32Array([Math.abs(x)]).buffer);
  return 2 ** Math.max(((bits[0]! >>> 23) & 255) - 150, -149);
}

/** Largest errors: of exp and tanh in ulps, of sine and cosine absolute, by the largest angle. */
export interface Errors {
  readonly exp: number;
  readonly tanh: number;
  readonly near: number;
  readonly far: number;
}

/** Measures `count` arguments of each, -87 to 88 for exp, and where functions are put together. */
export async function elementaryErrors(backend: Backend, count: number): Promise<Errors> {
  const stream = key("backend-gpujs").fold("arguments").stream();
  const exponents = Float32Array.from({ length: count }, (_, i) => (i % 2 === 0 ? 175 * (i / count) - 87 : 2 * (stream.uniform() - 0.5)));
  const small = Float32Array.from({ length: count }, (_, i) => (i % 3 === 0 ? 0.625 + 0.01 * (stream.uniform() - 0.5) : 10 * (stream.uniform() - 0.5) * (i % 2 === 0 ? 1 : 1e-3)));
  const worst = async (name: "exp" | "tanh", x: Float32Array, f: (x: number) => number): Promise<number> => {
    const y = await apply(backend, name, x);
    return y.reduce((most, value, i) => Math.max(most, Math.abs(value - f(x[i]!)) / ulp(f(x[i]!))), 0);
  };
  return { exp: await worst("exp", exponents, exp), tanh: await worst("tanh", small, tanh), near: await circleError(backend, count, 30), far: await circleError(backend, count, 1e5) };
}

async function apply(backend: Backend, name: "exp" | "tanh", x: Float32Array): Promise<Float64Array> {
  const plan = await backend.prepare(name, { batch: 1, n: x.length });
  const [from, to] = [backend.upload(x, [1, x.length]), backend.alloc("f32", [1, x.length])];
  backend.submit(plan, [from], [to]);
  const y = await backend.read(to);
  for (const handle of [plan, from, to]) backend.free(handle);
  return y;
}

/** Z_1 of one particle is its place on the circle. */
async function circleError(backend: Backend, count: number, reach: number): Promise<number> {
  const stream = key("backend-gpujs").fold("angles", reach).stream();
  const theta = Float32Array.from({ length: count }, () => 2 * reach * (stream.uniform() - 0.5));
  const plan = await backend.prepare("harmonic-moments", { batch: count, n: 1, order: 1 });
  const [from, to] = [backend.upload(theta, [count, 1]), backend.alloc("f32", [count, 2, 2])];
  backend.submit(plan, [from], [to]);
  const z = await backend.read(to);
  for (const handle of [plan, from, to]) backend.free(handle);
  const pair = new Float64Array(2);
  return theta.reduce((most, angle, i) => {
    sinCos(angle, pair);
    return Math.max(most, Math.abs(z[4 * i + 2]! - pair[1]!), Math.abs(z[4 * i + 3]! - pair[0]!));
  }, 0);
}
