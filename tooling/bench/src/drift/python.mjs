/** @file Competitors: NumPy and PyTorch, as Debian's packages have them. */
import { pythonCompetitor } from "../rivals/python.mjs";

const numpy = { script: "drift/drift_numpy.py", needs: "python3-numpy" };
const torch = { script: "drift/drift_torch.py", needs: "python3-torch" };
const TEXTBOOK = "softmax(beta X X^T) X";

export const numpyTextbook = pythonCompetitor({ ...numpy, title: "NumPy textbook", form: TEXTBOOK, name: "textbook" });
export const numpyChunked = pythonCompetitor({ ...numpy, title: "NumPy in chunks", form: "rows in chunks of 64 that stay in the cache, arrays made once", name: "chunked" });
export const torchTextbook = pythonCompetitor({ ...torch, title: "PyTorch textbook", form: TEXTBOOK, name: "textbook" });
export const torchFused = pythonCompetitor({ ...torch, title: "PyTorch fused", form: "`scaled_dot_product_attention`", name: "fused" });
