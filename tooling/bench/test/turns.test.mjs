import { describe, expect, it } from "vitest";
import { clocks, inThisProcess } from "../src/turns/clock.mjs";
import { takeTurns } from "../src/turns/turns.mjs";

/** An entrant whose call takes so many seconds by its own word, and the order in which it was asked. */
function players(seconds) {
  const asked = [];
  const entrants = Object.entries(seconds).map(([title, one]) => ({
    title,
    time: (calls) => {
      asked.push(title);
      return Promise.resolve(calls * one);
    },
  }));
  return { asked, entrants };
}

const rules = { clock: "wall", blocks: 4, budget: 1000, patience: 10 };

describe("takeTurns", () => {
  it("goes forward and backward, block by block, after two warming turns", async () => {
    const { asked, entrants } = players({ A: 1, B: 2, C: 3 });
    const { blocks, times } = await takeTurns(entrants, rules);
    expect(asked.join("")).toBe("AABBCC" + "ABC" + "CBA" + "ABC" + "CBA");
    expect(blocks).toBe(4);
    expect([...times]).toEqual([["A", [1, 1, 1, 1]], ["B", [2, 2, 2, 2]], ["C", [3, 3, 3, 3]]]);
  });

  it("names who is too slow and goes on without", async () => {
    const { asked, entrants } = players({ A: 1, B: 11 });
    const { times, tooSlow } = await takeTurns(entrants, rules);
    expect([...tooSlow]).toEqual([["B", 11]]);
    expect([...times.keys()]).toEqual(["A"]);
    expect(asked.filter((title) => title === "B")).toHaveLength(1);
  });

  it("makes as many blocks as the budget allows, three at least", async () => {
    const { entrants } = players({ A: 1, B: 2 });
    expect((await takeTurns(entrants, { ...rules, blocks: 100, budget: 21 })).blocks).toBe(7);
    expect((await takeTurns(entrants, { ...rules, blocks: 100, budget: 1 })).blocks).toBe(3);
  });

  it("makes a block of short calls long enough for the clock, and gives seconds a call", async () => {
    const calls = [];
    const entrants = [{ title: "A", time: (count) => (calls.push(count), Promise.resolve(count * 0.001)) }];
    const { times } = await takeTurns(entrants, rules);
    expect(calls.slice(2).every((count) => count === 10)).toBe(true);
    expect(times.get("A").every((seconds) => Math.abs(seconds - 0.001) < 1e-15)).toBe(true);
  });
});

describe("clocks", () => {
  it("time every call, awaited ones, too", async () => {
    let called = 0;
    const time = inThisProcess(() => new Promise((resolve) => setTimeout(resolve, 5)).then(() => (called += 1)));
    expect(await time(3, "wall")).toBeGreaterThan(0.01);
    expect(called).toBe(3);
    expect(clocks.processor()).toBeGreaterThan(0);
  });
});
