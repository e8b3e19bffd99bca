import { describe, expect, it } from "vitest";
import type { Pair } from "@mesoscope/contracts";
import { compare, runSerially, type Statement } from "../../src/index.js";
import { syntheticPair } from "../synthetic-pair.js";

/** An event of probability p, whatever the size; the theory says so. */
const event = (p: number, told = p): Pair => syntheticPair({ draw: (stream) => (stream.uniform() < p ? 1 : 0), predict: () => ({ value: [told], numericalError: [0] }) });
async function statementsOf(pair: Pair, sizes: readonly number[], seed: number): Promise<readonly Statement[]> {
  const options = { seed, tolerance: { relative: 0.3, absolute: 0.005 }, level: 0.05, confidence: 0.95, resamples: 199, runCells: runSerially({ [pair.id]: pair }) };
  return (await compare(pair, {}, { axis: "n", sizes, replicas: 60, block: 60 }, options)).statements;
}

describe("events that are rarer than the replicas can show", () => {
  it("are undecided where no replica has one though others do: never a theory that fails by -100 % with no error", async () => {
    let silent = 0;
    for (let seed = 0; seed < 40; seed++) {
      const [statement] = await statementsOf(event(1 / 60), [8, 16, 32, 64], seed);
      for (const finding of statement!.bySize) {
        const missed = finding.entries[0]!.value === -1;
        if (!missed || !statement!.bySize.some((other) => other.entries[0]!.value !== -1)) continue;
        silent += 1;
        expect(finding).toMatchObject({ outcome: "undecided", typical: "undecided", caveat: "all replicas are equal, though not at other sizes: what is rare was not seen" });
      }
    }
    // (1 - 1/60)^60 = 37 % of 160.
    expect(silent).toBeGreaterThan(30);
  });

  it("hold falsely no more where zero is predicted and nothing was seen", async () => {
    for (let seed = 0; seed < 10; seed++) {
      const [statement] = await statementsOf(event(1 / 60, 0), [8, 16, 32, 64], seed);
      for (const { entries, outcome } of statement!.bySize) if (entries[0]!.value === 0) expect(outcome).toBe("undecided");
    }
  });

  it("do not make a system without chance undecided: equal at every size", async () => {
    const [statement] = await statementsOf(event(0, 0), [8, 16, 32], 1);
    expect(statement!.outcome).toBe("holds");
    const [wrong] = await statementsOf(event(0, 1), [8, 16, 32], 1);
    expect(wrong!.outcome).toBe("fails");
  });
});
