import { test } from "vitest";
import { countChain, finiteHead, relaxation, stratifiedSizes, perettoLaw, deepestValley } from "@mesoscope/hopfield-transformer";
import { escapeBarrier, oneBitNetwork } from "../../../src/hopfield/index.js";
test("esc", async () => {
  for (const beta of [1.001, 1.1, 1.3, 1.5, 2]) {
    const n = oneBitNetwork("hop1", { contextLength: 1, beta }); const b = escapeBarrier(beta);
    let last = 0, lastN = 0, lv = 0;
    for (const N of [40, 80, 120]) { const t0 = Date.now(); const h = finiteHead(stratifiedSizes(n.features, N), n); const c = countChain(h); const r = relaxation(c); const v = deepestValley(perettoLaw(h, c)); const l = Math.log(r.time);
      console.log(beta, N, r.time, (l - last) / (N - lastN), ((v?.height ?? 0) - lv) / (N - lastN), b.perBit, r.relativeError, Date.now() - t0); last = l; lastN = N; lv = v?.height ?? 0; }
  }
}, 60000);
