"""Ensembles of attention networks in PyTorch, batched over seeds with bmm, plain SGD by autograd: lines of JSON in, lines of JSON out."""
import json
import sys
import time

import torch

torch.set_num_threads(1)


def forward(w, x, c):
    """f (R, P) of R networks; w holds (R, rows, columns) by name, x is (R, PS, D)."""
    R, P, S, N, H, L = (c[k] for k in ("R", "P", "S", "N", "H", "L"))
    n = N * H

    def linear(name, a):
        return torch.bmm(a, w[name].transpose(1, 2)) * c["multipliers"][name]

    def heads(a):
        return a.view(R * P, S, H, N).transpose(1, 2).reshape(R * P * H, S, N)

    h = linear("readIn", x) if "readIn" in w else x
    for l in range(1, L + 1):
        q, k, v = (heads(linear(f"{name}.{l}", h)) for name in ("query", "key", "value"))
        attention = torch.softmax(torch.bmm(q, k.transpose(1, 2)) * c["logits"], -1)
        mixed = torch.bmm(attention, v).view(R * P, H, S, N).transpose(1, 2).reshape(R, P * S, n)
        branch = linear(f"output.{l}", mixed)
        h = torch.add(h, branch, alpha=c["branch"]) if c["skip"] else branch * c["branch"]
    pooled = h.view(R, P, S, n).mean(2)
    return linear("readOut", pooled).view(R, P)


def run(c):
    dtype = torch.float64 if c["dtype"] == "f64" else torch.float32
    R = c["R"]
    x = torch.tensor(c["x"], dtype=dtype).view(1, c["P"] * c["S"], -1).expand(R, -1, -1).contiguous()
    y = torch.tensor(c["y"], dtype=dtype)
    if "weights" in c:
        w = {name: torch.tensor(value, dtype=dtype).view(R, *c["shapes"][name]) for name, value in c["weights"].items()}
    else:
        w = {name: torch.randn(R, *shape, dtype=dtype) * c["deviations"][name] for name, shape in c["shapes"].items()}
    for value in w.values():
        value.requires_grad_(True)
    names = list(w)
    params = [w[name] for name in names]
    with torch.no_grad():
        start = forward(w, x, c)
    begin = time.process_time()
    for _ in range(c["steps"]):
        loss = ((y - (forward(w, x, c) - start)) ** 2).sum() / (2 * c["P"])
        gradients = torch.autograd.grad(loss, params)
        with torch.no_grad():
            torch._foreach_add_(params, gradients, alpha=-c["rate"])
    with torch.no_grad():
        f = forward(w, x, c) - start
    return {"seconds": time.process_time() - begin, "f": f.flatten().tolist() if "weights" in c else [], "versions": f"PyTorch {torch.__version__}"}


for line in sys.stdin:
    print(json.dumps(run(json.loads(line))), flush=True)
