import { test } from "vitest";
import { oneBitHorizonPair } from "../../../src/hopfield/pairs/horizon/pair.js";
test("exit", async () => {
  const inst = oneBitHorizonPair().at({});
  for (const N of [3e5, 3e6, 3e7, 3e8, 3e9]) {
    let t0 = Date.now();
    const p = await inst.theories[0]!.predict({ N }, {});
    const q = await inst.theories[1]!.predict({ N }, {});
    const t1 = Date.now();
    const b = await inst.sample({ N }, { key: [1, 2], from: 0, count: 2000 }, {});
    const v = b.values["exit"]!; const mean = v.reduce((a, x) => a + x, 0) / 2000; const sd = Math.sqrt(v.reduce((a, x) => a + (x - mean) ** 2, 0) / 2000);
    console.log(N, p[0]!.value, p[0]!.numericalError, p[0]!.spread, q[0]!.value, q[0]!.numericalError, q[0]!.spread, "measured", mean, sd / Math.sqrt(2000), sd, t1 - t0, Date.now() - t1);
    if (N===3e5) console.log(JSON.stringify(inst.theories.map(t => t.applies({N}))));
  }
}, 60000);
