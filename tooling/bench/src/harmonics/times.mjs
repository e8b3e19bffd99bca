/**
 * @file Times of the section `harmonics`: what harmonics save. The drift on the circle and on S^2 as sums of harmonics, cut off at 1e-12 of the largest kernel value, against the
 * sum over all pairs on the same wasm backend, one thread, in turns. Before anything is timed the two must be the same drift within the a-priori bound.
 * Times are of the processor, not of the clock.
 */
import { built } from "../turns/built.mjs";

const TOLERANCE = 1e-12;
/** Above this many tokens pairs are not summed. */
const MOST_PAIRS = 2 ** 17;
const BETAS = [5, 25];

const numerics = await built("numerics");
const flows = await built("particle-flow");
const { wasmBackend } = await built("backend-wasm");

function processorSeconds(work) {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
}

/** Angles, and the same points as tokens; or tokens of S^2. */
function configuration(d, n) {
  const stream = numerics.key("harmonic sums").fold(d, n).stream();
  if (d === 2) {
    const angles = new Float64Array(n);
    flows.uniformAngles(stream, angles);
    return { small: [angles, [1, n]], tokens: flows.tokensOfAngles(angles) };
  }
  const tokens = new Float64Array(3 * n);
  flows.uniformTokens(stream, 3, tokens);
  return { small: [tokens, [1, n, 3]], tokens };
}

/** Velocity along the circle from the drift of tokens. */
function alongCircle(tokens, drift) {
  return Float64Array.from({ length: tokens.length / 2 }, (_, i) => tokens[2 * i] * drift[2 * i + 1] - tokens[2 * i + 1] * drift[2 * i]);
}

/** A plan with its tensors: `run` gives the seconds of one submission. */
async function prepared(backend, kernel, parameters, data, shape) {
  const plan = await backend.prepare(kernel, parameters);
  const [from, to] = [backend.upload(data, shape), backend.alloc("f64", plan.outputs[0])];
  return { run: () => processorSeconds(() => backend.submit(plan, [from], [to])), read: () => backend.read(to) };
}

const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];

/** A flow on n tokens of S^{d-1}: the highest harmonic, seconds by harmonics and by pairs, and how far the two are apart. */
async function measured(d, n, kind, beta, blocks) {
  const flow = { flow: kind, beta, d };
  const { small, tokens } = configuration(d, n);
  const coefficients = d === 2 ? flows.circleCoefficients(flow, TOLERANCE, "scaled") : flows.sphereCoefficients(flow, TOLERANCE, "scaled");
  const { numerator, denominator } = coefficients;
  const backend = wasmBackend();
  const harmonic = await prepared(backend, d === 2 ? "harmonic-drift" : "spherical-drift", { batch: 1, n, numerator, ...(denominator === undefined ? {} : { denominator }) }, ...small);
  harmonic.run();
  const task = { d, n, kind, beta, order: numerator.length };
  const several = () => Array.from({ length: 5 }, harmonic.run);
  if (n > MOST_PAIRS) return { ...task, seconds: Math.min(...several()) };
  const shift = kind === "USA" ? { shift: Math.sign(beta) } : {};
  const direct = await prepared(backend, "attention-drift", { batch: 1, n, d, flow: kind, beta, ...shift }, tokens, [1, n, d]);
  const blocksOfBoth = Array.from({ length: blocks }, () => ({ direct: direct.run(), quick: several() }));
  const difference = await apart(d, tokens, harmonic, direct);
  const bound = d === 2 ? flows.driftBound(coefficients, n) : flows.sphereDriftBound(coefficients, n);
  // Rounding of both, over the least normaliser of a flow that has one: far below what a wrong harmonic would do.
  if (!(difference <= Math.min(bound, 1e-9) + 1e-11)) throw new RangeError(`d = ${d}, n = ${n}, ${kind}, beta = ${beta}: the two drifts differ by ${difference}`);
  return {
    ...task,
    seconds: Math.min(...blocksOfBoth.flatMap(({ quick }) => quick)),
    pairs: Math.min(...blocksOfBoth.map((block) => block.direct)),
    ratio: median(blocksOfBoth.map((block) => block.direct / median(block.quick))),
    difference,
  };
}

/** Largest difference of the two drifts, along the circle or in the space. */
async function apart(d, tokens, harmonic, direct) {
  const pairs = await direct.read();
  const expected = d === 2 ? alongCircle(tokens, pairs) : pairs;
  return (await harmonic.read()).reduce((largest, value, at) => Math.max(largest, Math.abs(value - expected[at])), 0);
}

export async function measure({ quick, blocks, progress }) {
  const lines = [];
  for (const [d, n] of quick ? [[2, 4096], [3, 4096]] : [[2, 16384], [2, 1e6], [3, 65536]]) {
    for (const beta of BETAS) {
      for (const kind of ["USA", "SA"]) {
        progress(`${d === 2 ? "circle" : "S^2"}: n = ${n}, ${kind}, beta = ${beta}`);
        // A sum over all pairs of 65536 tokens takes seconds.
        lines.push(await measured(d, n, kind, beta, n > 20_000 ? 2 : Math.min(blocks, 5)));
      }
    }
  }
  return { lines };
}
