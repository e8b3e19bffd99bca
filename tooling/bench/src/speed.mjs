/**
 * @file Speed of the special functions against SciPy, and against numpy-ts and @stdlib where they have the function, in one
 * interleaved run: blocks A B A B ..., so that a busy machine slows all alike.
 *
 *   node tooling/bench/src/speed.mjs [--libraries FOLDER] [--write]
 *
 * Needs built packages and Debian's python3-scipy (PYTHON names another interpreter). FOLDER is any folder with a node_modules
 * in which numpy-ts or @stdlib/math-base-special-* is installed; without it their columns stay empty. --write renews docs/speed.md.
 */
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { availableParallelism, cpus } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { pythonRival } from "./python-rival.mjs";

const COUNT = 100_000;
const BLOCKS = 41;
const root = fileURLToPath(new URL("../../../", import.meta.url));
const { values: options } = parseArgs({ options: { libraries: { type: "string" }, write: { type: "boolean", default: false } } });
const load = (name) => import(pathToFileURL(join(root, "packages", name, "dist/index.js")));
const numerics = await load("numerics");
const own = await load("special-functions");

const stream = numerics.key("speed").stream();
const uniform = (low, high) => Float64Array.from({ length: COUNT }, () => low + (high - low) * stream.uniform());
const logUniform = (low, high) => uniform(numerics.log(low), numerics.log(high)).map(numerics.exp);
const half = () => uniform(0, 60).map((x) => Math.floor(x) / 2);

/** name, SciPy's function, arguments in words and as arrays, own function. */
const CASES = [
  { name: "besselIScaled", regime: "order 0 ... 30 in halves, x log-uniform 1e-2 ... 1e3", points: [half(), logUniform(1e-2, 1e3)], f: own.besselIScaled },
  { name: "besselIScaled", regime: "real order to 256, x log-uniform 1e-2 ... 1e6", points: [uniform(0, 256), logUniform(1e-2, 1e6)], f: own.besselIScaled },
  { name: "besselIScaled", regime: "real order to 1e4, x log-uniform 10 ... 1e6", points: [uniform(0, 1e4), logUniform(10, 1e6)], f: own.besselIScaled },
  { name: "besselIScaled, order 0", regime: "x log-uniform 1e-2 ... 1e3 (SciPy: i0e)", points: [logUniform(1e-2, 1e3)], f: (x) => own.besselIScaled(0, x) },
  { name: "logGamma", regime: "log-uniform 1e-2 ... 1e4", points: [logUniform(1e-2, 1e4)], f: own.logGamma },
  { name: "digamma", regime: "log-uniform 1e-2 ... 1e4", points: [logUniform(1e-2, 1e4)], f: own.digamma },
  { name: "erf", regime: "-3 ... 3", points: [uniform(-3, 3)], f: own.erf },
  { name: "erfc", regime: "0 ... 10", points: [uniform(0, 10)], f: own.erfc },
  { name: "ei", regime: "log-uniform 1e-2 ... 100", points: [logUniform(1e-2, 100)], f: own.ei },
  { name: "e1", regime: "log-uniform 1e-2 ... 100", points: [logUniform(1e-2, 100)], f: own.e1 },
];

/** A loop of its own for every function, so that the compiler may inline the call. */
function loopOver(f, arity) {
  const call = arity === 1 ? "f(a[i])" : "f(a[i], b[i])";
  return new Function("f", "a", "b", `let sum = 0; for (let i = 0; i < a.length; i++) sum += ${call}; return sum;`).bind(null, f);
}

function timed(work) {
  const start = performance.now();
  const sum = work();
  return { seconds: (performance.now() - start) / 1000, sum };
}

/** What other libraries have of these functions: [title, { name: loop over one argument }]. */
async function otherLibraries() {
  if (options.libraries === undefined) return [];
  const require = createRequire(join(resolve(options.libraries), "package.json"));
  const found = [];
  try {
    const np = await import(pathToFileURL(require.resolve("numpy-ts")));
    found.push([`numpy-ts ${np.__version__ ?? ""}`.trim(), { "I_0, not scaled": (x) => () => np.i0(np.array(x)) }]);
  } catch {
    // not installed there
  }
  const parts = { erf: "erf", erfc: "erfc", logGamma: "gammaln", digamma: "digamma" };
  const stdlib = {};
  for (const [name, part] of Object.entries(parts)) {
    try {
      const f = require(`@stdlib/math-base-special-${part}`);
      stdlib[name] = (x) => () => loopOver(f, 1)(x);
    } catch {
      // not installed there
    }
  }
  if (Object.keys(stdlib).length > 0) found.push(["@stdlib", stdlib]);
  return found;
}

const median = (values) => values.toSorted?.((a, b) => a - b)[values.length >> 1] ?? [...values].sort((a, b) => a - b)[values.length >> 1];
const nanoseconds = (seconds) => (seconds / COUNT) * 1e9;

async function measure(scipy, others, { name, regime, points, f }) {
  const { versions } = await scipy.ask({ points: { [name]: points.map((x) => Array.from(x)) } });
  const loop = loopOver(f, points.length);
  const stdlib = others.find(([title]) => title === "@stdlib")?.[1][name]?.(points[0]);
  const rows = [];
  for (let block = -3; block < BLOCKS; block++) {
    const mine = timed(() => loop(...points));
    const theirs = await scipy.ask({ time: name });
    const third = stdlib === undefined ? undefined : timed(stdlib);
    if (block >= 0) rows.push([mine, theirs, third]);
  }
  const [mine, theirs] = rows[0];
  if (!(Math.abs(mine.sum / theirs.sum - 1) < 1e-6)) throw new Error(`${name}: sums ${mine.sum} and ${theirs.sum} differ: not the same function`);
  const column = (k) => rows.map((row) => nanoseconds(row[k].seconds));
  const cell = (k) => `${Math.min(...column(k)).toFixed(1)} / ${median(column(k)).toFixed(1)}`;
  const ratio = median(rows.map(([a, b]) => a.seconds / b.seconds));
  return { line: `| \`${name}\` | ${regime} | ${cell(0)} | ${cell(1)} | ${stdlib === undefined ? "" : cell(2)} | ${ratio.toFixed(2)} |`, versions };
}

/** numpy-ts has I_0 alone, and not scaled. */
async function measureNumpyTs(others) {
  const found = others.find(([title]) => title.startsWith("numpy-ts"));
  if (found === undefined) return "";
  const x = logUniform(1e-2, 700);
  const [loop, theirs] = [loopOver((t) => own.besselI(0, t), 1), found[1]["I_0, not scaled"](x)];
  const rows = [];
  for (let block = -3; block < BLOCKS; block++) {
    const row = [timed(() => loop(x)).seconds, timed(theirs).seconds];
    if (block >= 0) rows.push(row);
  }
  const of = (k) => nanoseconds(median(rows.map((row) => row[k]))).toFixed(1);
  return `\n\`besselI(0, x)\`, x log-uniform 1e-2 ... 700, against \`i0\` of ${found[0]}, the one Bessel function it has: median ${of(0)} against ${of(1)} ns, ratio ${median(rows.map(([a, b]) => a / b)).toFixed(2)}.\n`;
}

const scipy = pythonRival("scipy_blocks.py", "python3-scipy");
const others = await otherLibraries();
const lines = [];
let versions = "";
for (const one of CASES) {
  const result = await measure(scipy, others, one);
  versions = result.versions;
  lines.push(result.line);
}
const numpyTs = await measureNumpyTs(others);
scipy.end();

const text = `# Speed

Nanoseconds a value, least / median of ${BLOCKS} blocks of ${COUNT} arguments; blocks of the libraries take turns in one run, so that
a busy machine slows all alike, and the ratio is the median over pairs of neighbouring blocks (below 1: faster than SciPy). Read the
ratios, not the times. SciPy runs compiled loops over NumPy arrays; here a plain loop calls the function, with its check of the domain.

Measured ${new Date().toISOString().slice(0, 10)} on ${availableParallelism()} shared cores (${cpus()[0]?.model.trim() ?? "unknown"}), Node ${process.versions.node}, ${versions}.

| function | arguments | here | SciPy | @stdlib | here / SciPy |
| --- | --- | ---: | ---: | ---: | ---: |
${lines.join("\n")}
${numpyTs}
Neither numpy-ts nor @stdlib has I of any other order, its scaled form or its ratio; an empty cell means that the library lacks the
function or was not installed for the run.

Written by \`node tooling/bench/src/speed.mjs --write\`; the columns of other libraries by \`--libraries FOLDER\`, a folder in which they are
installed. The elementary functions against \`Math.*\`: README of packages/numerics.
`;
console.log(text);
if (options.write) writeFileSync(join(root, "docs/speed.md"), text);
