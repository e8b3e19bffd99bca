import { readFileSync } from "node:fs";
import { windowStart } from "../../../src/hopfield/index.js";
import type { WindowState } from "../../../src/hopfield/index.js";
import { networkOf } from "../cases.js";
import type { Rows, System } from "../cases.js";
import type { AttentionNetwork } from "@mesoscope/hopfield-transformer";

interface At extends System {
  readonly L: number;
  readonly beta: number;
  readonly gamma: number;
  readonly eps: number;
  readonly u: Rows;
  readonly t: number;
}

export const table = JSON.parse(readFileSync(new URL("../../fixtures/finite-size.json", import.meta.url), "utf8")) as {
  readonly jets: readonly (At & { readonly direction: readonly number[]; readonly first: readonly number[]; readonly second: readonly number[] })[];
  readonly noise: readonly (At & { readonly quenched: boolean; readonly tokens: readonly { readonly mo: readonly number[]; readonly cov: Rows; readonly shift: readonly number[] }[] })[];
  readonly barriers: readonly { readonly beta: number; readonly barrier: number }[];
  readonly scalarRatio: number;
};

/** Network and start of a row of the table. */
export function begun(row: At): { network: AttentionNetwork; start: WindowState } {
  const network = networkOf(row, row);
  return { network, start: windowStart(network, row.u, row.t) };
}
