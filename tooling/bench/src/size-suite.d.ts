/** Bytes that no function alone may reach, minified or compressed, unless it has a limit of its own. */
export const LIMIT: number;

/** What is measured, and what it is held to. */
export interface SizeSuite {
  /** The package's source, as `new URL("../src/index.ts", import.meta.url)`. */
  readonly entry: URL;
  /** The README with the table of sizes between its two marks. */
  readonly readme: URL;
  /** Every name the entry exports as a value: `Object.keys(await import(...))`. */
  readonly names: readonly string[];
  /** Limits of their own for names that need more than {@link LIMIT}, minified. */
  readonly larger?: Readonly<Record<string, number>>;
  /** The same after Brotli. */
  readonly largerCompressed?: Readonly<Record<string, number>>;
  /** Write the table anew first; by the environment, SIZES=write, unless given. */
  readonly write?: boolean;
}

/** One promise: throws an AssertionError where it is broken. */
export interface SizeCheck {
  readonly name: string;
  readonly check: () => void;
}

/** The checks of a package, every export alone first. */
export function sizeChecks(suite: SizeSuite): Promise<readonly SizeCheck[]>;

/** [name, bytes, bytes after Brotli]. */
export type NamedSize = readonly [string, number, number];

/** The README with the table between its marks made anew. */
export function withTable(text: string, sizes: readonly NamedSize[], whole: readonly [number, number]): string;
