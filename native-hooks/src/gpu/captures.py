"""Counts what captures hold, read as FORMAT.md says and independently of bubbletrace's own reader. Needs Python alone.

usage: captures.py FILE...     prints a JSON object a file
"""
import json
import sys

HEADER = 20
STRING, IDENTITY, COUNTER, END = 1, 2, 4, 7
KERNEL, COPY, PEER, CALL, MARKER = 16, 17, 18, 20, 22


def number(data, at):
    value = shift = 0
    while True:
        byte = data[at]
        value |= (byte & 127) << shift
        at, shift = at + 1, shift + 7
        if byte < 128:
            return value, at


def numbers(data, at, end):
    while at < end:
        value, at = number(data, at)
        yield value


def signed(value):
    return (value >> 1) ^ -(value & 1)


def read(path):
    data = open(path, "rb").read()
    assert data[:8] == b"\x89BTCAP\r\n", "no capture"
    names, found = {}, {"file": path, "identity": {}, "kernels": {}, "kernelNs": {}, "counters": {}, "copies": 0,
                        "calls": 0, "ranges": 0, "impossible": 0, "ended": False, "bytes": len(data)}
    at = 16
    while at + HEADER <= len(data) and data[at:at + 4] == b"BTck":
        length = int.from_bytes(data[at + 12:at + 16], "little")
        chunk, end = at + HEADER, at + HEADER + length
        if end > len(data):
            break
        while chunk < end:
            tag = data[chunk]
            size, body = number(data, chunk + 1)
            record(tag, data, body, body + size, names, found)
            chunk = body + size
        at = end
    return found


def record(tag, data, at, end, names, found):
    if tag == STRING:
        key, at = number(data, at)
        names[key] = data[at:end].decode("utf-8", "replace")
    elif tag == IDENTITY:
        key, _, value = data[at + 1:end].decode("utf-8", "replace").partition("=")
        found["identity"].setdefault(key, value)
    elif tag == COUNTER:
        counter, total = numbers(data, at, end)
        found["counters"][counter] = total
    elif tag == KERNEL:
        fields = list(numbers(data, at, end))
        name, length = names.get(fields[6], "?"), signed(fields[1])
        found["kernels"][name] = found["kernels"].get(name, 0) + 1
        found["kernelNs"][name] = found["kernelNs"].get(name, 0) + length
        found["impossible"] += length < 0
    elif tag in (COPY, PEER):
        found["copies"] += 1
    elif tag == CALL:
        found["calls"] += 1
    elif tag == MARKER:
        found["ranges"] += data[at] == 2
    elif tag == END:
        found["ended"] = True


if __name__ == "__main__":
    for name in sys.argv[1:]:
        print(json.dumps(read(name)))
