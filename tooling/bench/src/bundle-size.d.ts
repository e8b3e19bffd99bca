/** [bytes, bytes after Brotli] of the minified bundle of these names of a module (of all if none are given), dependencies included. */
export function bundleSize(entry: string, names?: readonly string[]): Promise<[number, number]>;
/** [name, bytes, bytes after Brotli] of every name alone, in the order given. */
export function bundleSizes(entry: string, names: readonly string[]): Promise<[string, number, number][]>;
