import type { Disk } from "./sweep/disk.js";

/** What the command writes to: stdout or stderr, or a string in a test. */
export interface Output {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** Everything of the process that the command touches, so that tests can stand in for it. */
export interface World {
  readonly stdout: Output;
  readonly stderr: Output;
  /** All of standard input, or undefined if it is a terminal. */
  readonly stdin: () => Promise<string | undefined>;
  /** The folder that relative paths start from. */
  readonly folder: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Aborted by SIGINT; during a sweep by SIGTERM and SIGHUP, too. */
  readonly signal: AbortSignal;
  /** URL of the module that exports a `Catalogue`: workers import it too. */
  readonly catalogue: string;
  /** URL of the built module that workers run. */
  readonly cellWorker: string;
  /** How a sweep writes; left out, as one writes to a disk. A test stands in for one that fails. */
  readonly disk?: Disk;
}
