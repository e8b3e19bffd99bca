/** @file Runs in a page and in a worker, minified: what the backend does in mode webgl2 here. */
import { agreement, backendLaws, type Backend } from "@mesoscope/kernels";
import { driftRatio, tokens } from "@mesoscope/kernels/conformance";
import { gpujsBackend } from "../../../src/index.js";
import { elementaryErrors } from "../../arithmetic/measure.js";
import { inOtherShapes } from "../../own-shape.js";
import { worstRatios, type Extent } from "../../conformance/measure.js";

let kept: Promise<Backend> | undefined;
const backend = (): Promise<Backend> => (kept ??= gpujsBackend({ mode: "webgl2" }));

/** A context, as far as it is led astray. */
interface Context {
  getExtension(name: "WEBGL_lose_context"): { loseContext(): void };
  getError(): number;
  readonly OUT_OF_MEMORY: number;
}

interface Here {
  [question: string]: unknown;
  onmessage?: (message: { readonly data: "auto" | "cpu" | "webasm" }) => void;
  postMessage?: (message: unknown) => void;
  document?: unknown;
  HTMLCanvasElement: { prototype: { getContext: (kind: string, ...more: unknown[]) => Context | null } };
}
const here = globalThis as unknown as Here;

/** Every law with what it says, "" when it is kept. */
here["laws"] = async (): Promise<[string, string][]> => {
  const one = await backend();
  const said: [string, string][] = [];
  for (const { name, check } of backendLaws) said.push([name, await check(one).then(() => "", String)]);
  return said;
};

here["shapes"] = async () => (await inOtherShapes(await backend())).map((result) => [...result]);
here["ratios"] = async (extent: Extent) => worstRatios(await backend(), extent);
here["elementary"] = async (count: number) => elementaryErrors(await backend(), count);

/** One drift: its error over its bound, and the milliseconds of a launch. */
here["drift"] = async (n: number, d: number) => {
  const one = await backend();
  const p = { batch: 1, n, d, flow: "SA", beta: 2 } as const;
  const started = performance.now();
  const ratio = await driftRatio(one, p, tokens(n, d, "random", "browser", "f32"), "f32", 3);
  return { ratio, milliseconds: performance.now() - started };
};

/** Rows longer than the side of a texture of this device. */
here["longRows"] = async () => {
  const parameters = { batch: 1, n: 20_000, m: 3 };
  const input = Float64Array.from({ length: 60_000 }, (_, at) => (at % 97) / 10);
  return (await agreement(await backend(), "row-softmax", { name: "long", parameters, input }, "f32")).ratio;
};

async function start(mode: "auto" | "cpu" | "webasm" = "auto"): Promise<unknown> {
  try {
    const one = await gpujsBackend({ mode });
    one.close();
    return { id: one.id, lost: (await one.lost).kind };
  } catch (error) {
    return { refused: String(error) };
  }
}
here["start"] = start;

/** Contexts that canvases give from now on. */
function watched(): Context[] {
  const contexts: Context[] = [];
  const { prototype } = here.HTMLCanvasElement;
  const original = prototype.getContext;
  prototype.getContext = function getContext(this: unknown, ...given) {
    const context = original.apply(this as never, given);
    if (context !== null) contexts.push(context);
    return context;
  };
  return contexts;
}

/** Something happens to the device between a submission and its answer. */
here["astray"] = async (what: "lost" | "memory") => {
  const contexts = watched();
  const one = await gpujsBackend({ mode: "webgl2" });
  const plan = await one.prepare("exp", { batch: 1, n: 3 });
  const [x, y] = [one.upload([0, 1, 2], [1, 3]), one.alloc("f32", [1, 3])];
  one.submit(plan, [x], [y]);
  await one.flush();
  for (const context of contexts) {
    if (what === "lost") context.getExtension("WEBGL_lose_context").loseContext();
    else context.getError = () => context.OUT_OF_MEMORY;
  }
  one.submit(plan, [x], [y]);
  const answer = await one.read(y).then(([first]) => ({ value: first }), (error: unknown) => ({ refused: String(error), code: (error as { code?: string }).code }));
  return { answer, lost: (await one.lost).kind };
};

if (here.document === undefined) {
  here.onmessage = ({ data }) => {
    void start(data).then((said) => here.postMessage?.(said));
  };
}
