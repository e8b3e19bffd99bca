/** @file Section `matmul`: batched products of small and middling matrices, the kernel that training of Transformers stands on. */
import { built } from "../turns/built.mjs";
import { howToRead, tables } from "../turns/report.mjs";
import { ownBackends } from "../rivals/own-backends.mjs";
import { pythonCompetitor } from "../rivals/python.mjs";
import { measuredContests } from "../turns/contests.mjs";
import { gpujsCpu, gpujsWasm, ndarray, numpyTs, plain, products } from "./in-javascript.mjs";

/** Replicas, m, k, n. */
const SIZES = [[1024, 16, 16, 16], [64, 64, 64, 64], [1, 256, 256, 256], [1, 768, 768, 768]];
const QUICK = [[64, 64, 64, 64], [1, 256, 256, 256]];
/** Entries of A and B are normal, those of A divided by sqrt(k): entries of C are of order one. */
const TOLERANCE = { f64: 1e-12, f32: 2e-5 };

const { wasm, reference } = ownBackends({
  kernel: "matmul",
  parameters: ({ batch, m, k, n }) => ({ batch, m, k, n }),
  inputs: ({ a, b, batch, m, k, n }) => [[a, [batch, m, k]], [b, [batch, k, n]]],
  form: "SIMD of 128 bits, sums over k in one order",
  plain: "plain JavaScript, row by row",
});
const numpy = pythonCompetitor({ title: "NumPy", form: "`matmul` into an array made once", script: "matmul/matmul_numpy.py", needs: "python3-numpy", name: "matmul" });
const torch = pythonCompetitor({ title: "PyTorch", form: "`matmul` into a tensor made once", script: "matmul/matmul_torch.py", needs: "python3-torch", name: "matmul" });

/** Everybody, in the order of the tables. */
export const competitors = [wasm, plain, reference, ndarray, gpujsWasm, gpujsCpu, numpyTs, numpy, torch];

export const matmul = { id: "matmul", title: "Batched matrix products", measure, text };

async function measure({ quick, ...rules }) {
  const numerics = await built("numerics");
  const tasks = (quick ? QUICK : SIZES).map(([batch, m, k, n]) => ({
    size: `${batch} of (${m}, ${k}, ${n})`,
    work: 2 * batch * m * k * n,
    made: () => {
      const normals = (name, length) => numerics.key("products").fold(name, batch, m, k, n).stream().fillNormal(new Float64Array(length));
      const problem = { a: normals(1, batch * m * k).map((value) => value / Math.sqrt(k)), b: normals(2, batch * k * n), batch, m, k, n };
      return { problem, truth: products(problem, new Float64Array(batch * m * n)) };
    },
  }));
  return { subject: wasm.title, unit: "flop", targets: [], ...(await measuredContests(competitors, tasks, { subject: wasm.title, tolerance: TOLERANCE }, rules)) };
}

function text(result, machine) {
  return [
    `C_r = A_r B_r for all replicas r (\`matmul\`), sizes as "replicas of (m, k, n)". ${howToRead(result.subject, machine)}`,
    tables(result),
    `What limits whom: NumPy and PyTorch call OpenBLAS, fused multiply-adds on 256 or 512 bits, once a replica; ours are 128 bits with a multiplication and an addition apart, the
bits of which are the same everywhere. A single scalar product an element (*plain JS*, *gpu.js*) waits for memory and for the sum before.`,
  ].join("\n\n");
}
