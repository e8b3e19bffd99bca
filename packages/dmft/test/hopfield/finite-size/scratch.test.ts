import { test } from "vitest";
import { oneBitCriticalPair } from "../../../src/hopfield/pairs/critical/pair.js";
import { criticalSetting } from "../../../src/hopfield/pairs/critical/setting.js";
test("crit", async () => {
  for (const point of ["pitchfork", "flip", "neimark-sacker"]) {
    let t0 = Date.now();
    const s = criticalSetting({ point }); console.log(point, s.form, s.excess, s.mode.multiplier, Date.now() - t0);
    const inst = oneBitCriticalPair().at({ point });
    for (const N of [300, 3000, 30000, 300000]) {
      t0 = Date.now(); const R = 200;
      const preds = []; for (const th of inst.theories) if (th.applies({N}).applies) preds.push((await th.predict({ N }, {})).map(p => p.value[0]));
      const b = await inst.sample({ N }, { key: [1, 2], from: 0, count: R }, {});
      const f = (v: Float64Array) => { const m = v.reduce((a, x) => a + x, 0) / R; return [m, Math.sqrt(v.reduce((a, x) => a + (x - m) ** 2, 0) / R / R)]; };
      const a2 = f(b.values["amplitude-2"]!), a4 = f(b.values["amplitude-4"]!);
      console.log(N, preds, a2, a4, "ratio", a4[0]! / a2[0]! ** 2, Date.now() - t0, "ms");
    }
  }
}, 100000);
