/** @file What a plan holds. */
import type { Held, Machine } from "../machine.js";

/** A kernel ready to run on a machine. Its inputs stay as they are; its results are new arrays, one for each output. */
export interface Program {
  readonly run: (inputs: readonly Held[], repeat: number) => Promise<readonly Held[]>;
  /** Arrays that it keeps for as long as its plan lives. */
  readonly constants: readonly Promise<Held>[];
}

/** What programs are made with. */
export type ProgramOf<P> = (machine: Machine, parameters: P) => Program;
