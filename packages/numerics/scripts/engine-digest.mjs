/**
 * One number per engine: a digest of the bits of 1.5 million values. Build first, then run this file in any shell that
 * has ECMAScript modules, and compare:
 *   node scripts/engine-digest.mjs        (V8; also with --jitless)
 *   js102 -m scripts/engine-digest.mjs    (SpiderMonkey)
 *   jsc -m scripts/engine-digest.mjs      (JavaScriptCore)
 * The last line digests Math.* instead, which engines may round as they like.
 */
import * as numerics from "../dist/index.js";

const value = new Float64Array(1);
const words = new Uint32Array(value.buffer);
let state = 7;
let hash = 0;
let count = 0;

function uniform() {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return state / 4294967296;
}

function put(x) {
  // The bits of NaN are the engine's own business.
  if (x !== x) return;
  value[0] = x;
  hash = Math.imul(hash ^ words[0], 0x01000193);
  hash = Math.imul(hash ^ words[1], 0x01000193);
  hash ^= hash >>> 15;
  count += 1;
}

function report(name, body) {
  hash = 0x811c9dc5;
  count = 0;
  state = 7;
  body();
  const line = `${name}: ${(hash >>> 0).toString(16).padStart(8, "0")} over ${count} values`;
  (globalThis.console?.log ?? globalThis.print)(line);
}

const NAMES = ["exp", "expm1", "log", "log1p", "sin", "cos", "tanh", "atan", "asin", "acos"];

function elementary(of) {
  for (let i = 0; i < 60000; i++) {
    const x = (uniform() - 0.5) * 20;
    const wide = x * numerics.exp(uniform() * 700);
    for (const name of NAMES) {
      put(of[name](x));
      put(of[name](i % 20 === 0 ? wide : Math.abs(x) / 10));
    }
    put(of.atan2(x, uniform() - 0.5));
  }
}

report("elementary functions", () => elementary(numerics));
report("streams", () => {
  const stream = numerics.key("engines").stream();
  for (let i = 0; i < 20000; i++) {
    put(stream.uniform());
    put(stream.normal());
    put(stream.exponential());
    put(numerics.drawGamma(stream, 0.3));
    put(numerics.drawGamma(stream, 4.5));
    put(numerics.drawBinomial(stream, 1000, 0.3));
  }
});
report("quadrature", () => {
  for (const n of [5, 64, 501]) {
    const rule = numerics.gaussLegendre(n);
    rule.nodes.forEach(put);
    rule.weights.forEach(put);
  }
  put(numerics.integrate(numerics.log, 0, 1, { relative: 1e-12, absolute: 0 }).value);
});
report("Math.* of this engine", () => elementary(Math));
