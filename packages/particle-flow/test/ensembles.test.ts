import { referenceBackend } from "@mesoscope/kernels";
import { key } from "@mesoscope/numerics";
import { dormandPrince5, rungeKutta4 } from "@mesoscope/time-integration";
import { describe, expect, test } from "vitest";
import type { AttentionFlow, CircleEnsemble } from "../src/index.js";
import { circleEnsemble, circleMoments, drawReplicas, tokenEnsemble, tokensOfAngles, uniformAngles, uniformTokens } from "../src/index.js";
import { distance } from "./configurations.js";

const flow: AttentionFlow = { flow: "USA", beta: 2, d: 2 };
const n = 37;
const all = drawReplicas({ key: key("ensembles"), from: 0, count: 5 }, n, uniformAngles);

function ensemble(angles: Float64Array, batch: number): CircleEnsemble {
  return circleEnsemble({ flow, batch, angles, tolerance: 1e-12 });
}

describe("replicas do not know their batch", () => {
  test("states drawn alone are those drawn in a block", () => {
    const second = drawReplicas({ key: key("ensembles"), from: 2, count: 1 }, n, uniformAngles);
    expect(second).toEqual(all.slice(2 * n, 3 * n));
    expect(second).not.toEqual(all.slice(0, n));
  });

  test("circle: the same bytes alone, in any batch, in any order, and after others are dropped", async () => {
    const together = ensemble(all, 5);
    await together.advance(30, 0.02);
    const angles = await together.angles();
    const alone = ensemble(all.slice(3 * n, 4 * n), 1);
    await alone.advance(30, 0.02);
    expect(await alone.angles()).toEqual(angles.slice(3 * n, 4 * n));

    const order = [4, 2, 0];
    const permuted = ensemble(Float64Array.from(order.flatMap((r) => [...all.slice(r * n, (r + 1) * n)])), 3);
    await permuted.advance(30, 0.02);
    expect(await permuted.angles()).toEqual(Float64Array.from(order.flatMap((r) => [...angles.slice(r * n, (r + 1) * n)])));

    const thinned = ensemble(all, 5);
    await thinned.advance(10, 0.02);
    await thinned.retain([3, 1]);
    await thinned.advance(20, 0.02);
    expect(thinned.batch).toBe(2);
    expect((await thinned.angles()).slice(0, n)).toEqual(angles.slice(3 * n, 4 * n));
  });

  test("tokens: the same", async () => {
    const size = 3 * 4;
    const tokens = drawReplicas({ key: key("tokens"), from: 0, count: 3 }, size, (stream, out) => {
      uniformTokens(stream, 3, out);
    });
    const run = async (x: Float64Array, batch: number): Promise<Float64Array> => {
      const one = tokenEnsemble({ flow: { flow: "SA", beta: 3, d: 3 }, batch, tokens: x });
      await one.advance(10, 0.1);
      return one.tokens();
    };
    const together = await run(tokens, 3);
    expect(await run(tokens.slice(size, 2 * size), 1)).toEqual(together.slice(size, 2 * size));
  });
});

describe("calls", () => {
  test("take effect in their order without being waited for, and a failed one stops nothing", async () => {
    const queued = ensemble(all, 5);
    const results = [queued.moments(2), queued.advance(5, 0.02), queued.moments(2), queued.advance(1, Number.NaN).catch(() => "refused"), queued.advance(5, 0.02), queued.moments(2)];
    const stepwise = ensemble(all, 5);
    const expected = [await stepwise.moments(2)];
    for (let count = 0; count < 2; count += 1) {
      await stepwise.advance(5, 0.02);
      expected.push(await stepwise.moments(2));
    }
    const [first, , second, refused, , third] = await Promise.all(results);
    expect([first, second, third]).toEqual(expected);
    expect(refused).toBe("refused");
    expect(queued.time).toBeCloseTo(0.2, 15);
  });

  test("a series is what single looks see, and its times are multiples of the step", async () => {
    const watched = ensemble(all, 5);
    const { times, moments } = await watched.momentSeries({ steps: 11, dt: 0.1, every: 3, order: 3 });
    expect([...times]).toEqual([0, 3 * 0.1, 6 * 0.1, 9 * 0.1]);
    const single = ensemble(all, 5);
    await single.advance(9, 0.1);
    expect(moments.slice(-(5 * 4 * 2))).toEqual(await single.moments(3));
  });

  test("moments are those of the angles", async () => {
    const one = ensemble(all, 5);
    await one.advance(4, 0.1);
    const angles = await one.angles();
    const z = await one.moments(6);
    for (let r = 0; r < 5; r += 1) expect(distance(z.subarray(r * 14, (r + 1) * 14), circleMoments(angles.slice(r * n, (r + 1) * n), 6))).toBeLessThan(1e-14);
  });

  test("memory is given back on close, and the backend of the caller stays open", async () => {
    const backend = referenceBackend();
    const one = circleEnsemble({ flow, batch: 1, angles: [0, 1], tolerance: 1e-9, backend });
    await one.moments(1);
    one.close();
    await expect(one.angles()).rejects.toThrow(/has been freed/);
    await expect(backend.flush()).resolves.toBeUndefined();
  });

  test("bad states are refused", () => {
    expect(() => ensemble(all, 4)).toThrow(/angles.length \/ batch = 46.25/);
    expect(() => ensemble(Float64Array.of(0, Number.NaN), 1)).toThrow("state[1] = NaN: must be finite. Start from finite numbers.");
    expect(() => tokenEnsemble({ flow: { flow: "SA", beta: 1, d: 3 }, batch: 1, tokens: [0, 0, 0] })).toThrow(/row 0 = 0: must not be the zero vector/);
    expect(() => circleEnsemble({ flow, batch: 1, angles: [1], tolerance: 1e-9, backend: { ...referenceBackend(), backendVersion: 2 as 1 } })).toThrow(/backendVersion 2/);
  });

  test("a replica that overflows is told as diverged, the others not", async () => {
    const tokens = [1, 0, 0, 1, 1, 0, -1, 0];
    const wild = tokenEnsemble({ flow: { flow: "USA", beta: 600, d: 2 }, batch: 2, tokens });
    await wild.advance(1, 1e-3);
    await wild.tokens();
    // The antipodal pair of the second replica is exactly at rest; the first moves by e^{...} dt and stays finite after the projection or not.
    expect(wild.outcomes()[1]!.kind).toBe("converged");
    const huge = circleEnsemble({ flow: { flow: "USA", beta: 600, d: 2 }, batch: 1, angles: [0, 0.1, 2], tolerance: 1e-9 });
    await huge.advance(3, 1e100);
    await huge.angles();
    expect(huge.outcomes()[0]!.kind).toBe("diverged");
    expect(huge.outcomes()[0]!.message).toMatch(/Take shorter steps/);
  });
});

describe("the two forms of the flow on the circle agree along a trajectory", () => {
  test.each(["SA", "USA"] as const)("%s, angles against unit rows", async (kind) => {
    const both = { flow: kind, beta: 3, d: 2 } as const;
    const angles = all.slice(0, n);
    const circle = circleEnsemble({ flow: both, batch: 1, angles, tolerance: 1e-14, time: "scaled" });
    const plane = tokenEnsemble({ flow: both, batch: 1, tokens: tokensOfAngles(angles), time: "scaled", tableau: dormandPrince5 });
    await circle.advance(400, 0.01);
    await plane.advance(400, 0.01);
    expect(distance(tokensOfAngles(await circle.angles()), await plane.tokens())).toBeLessThan(1e-8);
  });

  test("time units: t in natural time is t e^beta in scaled time", async () => {
    const angles = all.slice(0, n);
    const natural = circleEnsemble({ flow, batch: 1, angles, tolerance: 1e-14 });
    const scaled = circleEnsemble({ flow, batch: 1, angles, tolerance: 1e-14, time: "scaled" });
    await natural.advance(50, 0.01);
    await scaled.advance(50, 0.01 * Math.exp(2));
    expect(distance(await natural.angles(), await scaled.angles())).toBeLessThan(1e-12);
  });
});

test("halving the step divides the error by 16 with the default method, by 32 with Dormand and Prince", async () => {
  const end = async (tableau: typeof rungeKutta4, steps: number): Promise<Float64Array> => {
    const one = circleEnsemble({ flow, batch: 1, angles: all.slice(0, n), tolerance: 1e-14, tableau });
    await one.advance(steps, 1.6 / steps);
    return one.angles();
  };
  const exact = await end(dormandPrince5, 800);
  for (const [tableau, order] of [[rungeKutta4, 4], [dormandPrince5, 5]] as const) {
    const [coarse, fine] = [distance(await end(tableau, 60), exact), distance(await end(tableau, 120), exact)];
    expect(Math.abs(Math.log2(coarse / fine) - order)).toBeLessThan(0.25);
  }
});
