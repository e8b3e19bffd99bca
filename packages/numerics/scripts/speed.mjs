/**
 * Time per call of the elementary functions against the engine's own, in one interleaved run: each repetition times
 * both, so that a busy machine slows both alike. Build first, then `node scripts/speed.mjs`; prints a Markdown table.
 */
import * as numerics from "../dist/index.js";

const COUNT = 100_000;
const REPETITIONS = 41;
const RANGES = { exp: [-5, 5], expm1: [-3, 3], log: [0.01, 10], log1p: [-0.9, 9], sin: [-30, 30], cos: [-30, 30], tanh: [-3, 3], atan: [-5, 5], asin: [-1, 1] };

const stream = numerics.key("speed").stream();
const out = new Float64Array(COUNT);

/** A loop of its own for every function, so that the compiler may inline the call. */
function loopOver(f) {
  return new Function("f", "x", "out", "for (let i = 0; i < x.length; i++) out[i] = f(x[i]);").bind(null, f);
}

function time(loop, x) {
  const start = performance.now();
  loop(x, out);
  return ((performance.now() - start) / COUNT) * 1e6;
}

const median = (values) => values.sort((a, b) => a - b)[values.length >> 1];

function compare(name, own, builtIn, [a, b]) {
  const x = Float64Array.from({ length: COUNT }, () => a + (b - a) * stream.uniform());
  const rows = Array.from({ length: REPETITIONS }, () => [time(own, x), time(builtIn, x)]);
  const ns = [0, 1].map((column) => median(rows.map((row) => row[column])));
  const ratio = median(rows.map(([mine, theirs]) => mine / theirs));
  console.log(`| \`${name}\` | [${a}, ${b}] | ${ns[0].toFixed(1)} | ${ns[1].toFixed(1)} | ${ratio.toFixed(2)} |`);
}

console.log("| function | arguments | own, ns | Math, ns | ratio |\n| --- | --- | ---: | ---: | ---: |");
for (const [name, range] of Object.entries(RANGES)) compare(name, loopOver(numerics[name]), loopOver(Math[name]), range);

const pair = new Float64Array(2);
const own = (x, y) => {
  for (let i = 0; i < COUNT; i++) {
    numerics.sinCos(x[i], pair);
    y[i] = pair[0] + pair[1];
  }
};
const builtIn = (x, y) => {
  for (let i = 0; i < COUNT; i++) y[i] = Math.sin(x[i]) + Math.cos(x[i]);
};
compare("sinCos", own, builtIn, [-30, 30]);
