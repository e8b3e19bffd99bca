import { readFileSync } from "node:fs";

/** What scripts/scaling.py wrote. */
export interface Table {
  readonly limits: readonly { sizes: number[]; values: number[]; standardErrors: number[]; free: [number, number, number]; chiSquare: number; order: number; fixed: [number, number]; fixedError: number }[];
  readonly surfaces: readonly { law: "sum" | "sum-and-product"; points: [number, number][]; values: number[]; standardErrors: number[]; best: number[]; chiSquare: number }[];
  readonly richardson: readonly { sizes: number[]; orders: number[]; weights: number[] }[];
  readonly orders: readonly { sizes: number[]; values: number[]; order: number }[];
  readonly quality: { curves: { x: number[]; y: number[]; e: number[] }[]; quality: number; terms: number };
}

export const table = JSON.parse(readFileSync(new URL("../fixtures/scaling.json", import.meta.url), "utf8")) as Table;
