import { exp, key, tanh } from "@mesoscope/numerics";
import { describe, expect, test } from "vitest";
import { wasmBackend } from "../src/index.js";

const FUNCTIONS = { exp, tanh } as const;
const SPECIAL = [0, -0, 1e-320, -1e-320, 3.7e-9, 3.8e-9, -1e-17, 0.875, -0.875, 0.8749999999999999, 20, 19.999999999999996, -20, 708, -708, 709, 709.5, 709.782712893384, 709.79, -708.5, -745, -745.2, 1e300, -1e300, Infinity, -Infinity, NaN];

describe("the bits of @mesoscope/numerics", () => {
  test.each(["exp", "tanh"] as const)("%s in f64: a hundred thousand numbers, an odd count, and every corner beside every other", async (name) => {
    const stream = key("elementary").fold(name).stream();
    const spread = Array.from({ length: 100_000 }, (_, i) => (stream.uniform() - 0.5) * [1e-8, 1e-2, 1, 3, 40, 1480, 1500][i % 7]!);
    const x = Float64Array.from([...SPECIAL, ...SPECIAL.flatMap((one) => [one, 0.3]), 0.7, ...SPECIAL.flatMap((one) => [one, 2]), ...spread]);
    const backend = wasmBackend();
    const y = backend.alloc("f64", [1, x.length]);
    backend.submit(await backend.prepare(name, { batch: 1, n: x.length }), [backend.upload(x, [1, x.length])], [y]);
    const values = await backend.read(y);
    const wrong = [...values.keys()].filter((at) => !Object.is(values[at], FUNCTIONS[name](x[at]!)));
    expect(wrong.slice(0, 5).map((at) => `${name}(${x[at]!}) = ${values[at]!}`)).toEqual([]);
  });

  test.each(["exp", "tanh"] as const)("%s in f32: the double, rounded", async (name) => {
    const x = Float32Array.from({ length: 1001 }, (_, i) => (i - 500) / 3);
    const backend = wasmBackend();
    const y = backend.alloc("f32", [7, 143]);
    backend.submit(await backend.prepare(name, { batch: 7, n: 143 }, "f32"), [backend.upload(x, [7, 143], "f32")], [y]);
    expect([...(await backend.read(y))]).toEqual([...x].map((value) => Math.fround(FUNCTIONS[name](value))));
  });
});
