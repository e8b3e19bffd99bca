import { describe, expect, it } from "vitest";
import { DomainError, key } from "@mesoscope/numerics";
import { checkGrid, linesOf, planCells, type GridDesign } from "../../src/index.js";

const grid: GridDesign = { axes: ["N", "H"], sizes: [[8, 16, 32], [2, 4]], fixed: { L: 3 }, replicas: 10, block: 4 };

it("its lines are designs along the first axis, one for each size of the second", () => {
  expect(linesOf(grid)).toEqual([
    { axis: "N", sizes: [8, 16, 32], fixed: { L: 3, H: 2 }, replicas: 10, block: 4 },
    { axis: "N", sizes: [8, 16, 32], fixed: { L: 3, H: 4 }, replicas: 10, block: 4 },
  ]);
  expect(linesOf({ ...grid, replicas: [[4, 5, 6], [7, 8, 9]] })[1]!.replicas).toEqual([7, 8, 9]);
});

it("each point has cells of one key, and no two points share it; the other sizes of the grid do not matter", () => {
  const keysOf = (of: GridDesign): Map<string, Set<string>> => {
    const keys = new Map<string, Set<string>>();
    for (const { size, replicas } of linesOf(of).flatMap((line) => planCells("pair", {}, line, key("grid").words))) {
      const point = `${size["N"]},${size["H"]}`;
      keys.set(point, (keys.get(point) ?? new Set()).add(replicas.key.join()));
    }
    return keys;
  };
  const keys = keysOf(grid);
  expect([...keys.values()].map(({ size }) => size)).toEqual([1, 1, 1, 1, 1, 1]);
  expect(new Set([...keys.values()].flatMap((set) => [...set])).size).toBe(6);
  const larger = keysOf({ ...grid, sizes: [[4, 8, 16, 32], [2, 3, 4]] });
  for (const [point, set] of keys) expect(larger.get(point)).toEqual(set);
});

describe("grids that cannot be run are refused", () => {
  it.each<[string, Partial<GridDesign>, RegExp]>([
    ["one axis twice", { axes: ["N", "N"] }, /must be two different axes/],
    ["an axis that is fixed, too", { fixed: { H: 2 } }, /grid\.fixed\.H = 2/],
    ["no second sizes", { sizes: [[8], []] }, /grid\.sizes\[1\]/],
    ["second sizes unsorted", { sizes: [[8], [4, 2]] }, /must be greater than the size before it, 4/],
    ["a second size that is no integer", { sizes: [[8], [2.5]] }, /grid\.sizes\[1\]\[0\] = 2\.5/],
    ["first sizes unsorted", { sizes: [[16, 8], [2]] }, /design\.sizes\[1\] = 8/],
    ["rows of replicas that do not fit", { replicas: [[4, 4, 4]] }, /one row for each of the 2 sizes/],
    ["a row that does not fit", { replicas: [[4, 4], [4, 4]] }, /one number for each of the 3 sizes/],
    ["one replica", { replicas: 1 }, /at least 2 replicas/],
  ])("%s", (_, change, message) => {
    expect(() => checkGrid({ ...grid, ...change })).toThrow(DomainError);
    expect(() => checkGrid({ ...grid, ...change })).toThrow(message);
  });
});
