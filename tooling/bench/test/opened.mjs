import { Absent } from "../src/rivals/absent.mjs";

/** A competitor with as many threads as it has here, or undefined where it is not installed: npm's packages are, Debian's and built ones may not be. */
export async function opened(competitor) {
  const mayBeAbsent = /^(wasm|reference|NumPy|PyTorch)/.test(competitor.title);
  for (const threads of [...competitor.threads].reverse()) {
    try {
      return await competitor.open(threads);
    } catch (error) {
      if (!mayBeAbsent || !(error instanceof Absent || error.message.includes("is not built"))) throw error;
    }
  }
  return undefined;
}
