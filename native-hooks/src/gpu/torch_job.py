"""A PyTorch job of a known number of matrix products, timed by CUDA events.

usage: torch_job.py PRODUCTS [--profiler]     with --profiler, under torch.profiler, and prints what that has counted
"""
import json
import sys

import torch


def work(products):
    a = torch.randn(2048, 2048, device="cuda", dtype=torch.bfloat16)
    torch.cuda.synchronize()
    begin, end = (torch.cuda.Event(enable_timing=True) for _ in range(2))
    begin.record()
    for step in range(products):
        with torch.cuda.nvtx.range(f"it={step} stage=0 mb=0 phase=F"):
            a = torch.relu(a @ a) * 1e-3
    end.record()
    torch.cuda.synchronize()
    return begin.elapsed_time(end)


def main():
    products = int(sys.argv[1])
    if "--profiler" not in sys.argv:
        print(json.dumps({"milliseconds": work(products)}))
        return
    with torch.profiler.profile(activities=[torch.profiler.ProfilerActivity.CPU,
                                            torch.profiler.ProfilerActivity.CUDA]) as profiler:
        milliseconds = work(products)
    kernels = {}
    for event in profiler.events():
        if event.device_type == torch.autograd.DeviceType.CUDA and not event.name.startswith("Mem"):
            kernels[event.name] = kernels.get(event.name, 0) + 1
    print(json.dumps({"milliseconds": milliseconds, "kernels": kernels}))


main()
