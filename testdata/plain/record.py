#!/usr/bin/env python3
"""Writes swresample.tsv and matrix.tsv: what ffmpeg makes of the signals that README.md describes.

usage: record.py    in this folder, with ffmpeg 5.1 on the path
"""
import hashlib
import itertools
import os
import struct
import subprocess
import tempfile

FILTER = (
    "aresample=11025:resampler=swr:filter_size=16:phase_shift=8:linear_interp=1:cutoff=0.8,"
    "aformat=sample_fmts=s16:sample_rates=11025:channel_layouts=mono"
)
PCM_GUID = bytes.fromhex("0100000000001000800000aa00389b71")


def wav(rate, channels, mask, bits, data):
    frame = channels * bits // 8
    fmt = struct.pack("<HHIIHH", 1, channels, rate, rate * frame, frame, bits)
    if mask:
        fmt = struct.pack("<H", 0xFFFE) + fmt[2:]
        fmt += struct.pack("<HHI", 22, bits, mask) + PCM_GUID
    chunks = b"fmt " + struct.pack("<I", len(fmt)) + fmt
    chunks += b"data" + struct.pack("<I", len(data)) + data
    return b"RIFF" + struct.pack("<I", 4 + len(chunks)) + b"WAVE" + chunks


def signal(kind, frames, channels, state):
    def draw():
        nonlocal state
        state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (state >> 48) - (state >> 63 << 16)

    out = []
    walk = [0] * channels
    held, left = 0, 0
    for _ in range(frames):
        if kind == "square":
            if left == 0:
                held, left = (-32768 if draw() < 0 else 32767), (draw() & 63) + 1
            left -= 1
        for channel in range(channels):
            if kind == "noise":
                out.append(draw())
            elif kind == "square":
                out.append(held)
            else:
                walk[channel] = max(-32768, min(32767, walk[channel] + (draw() >> 4)))
                out.append(walk[channel])
    return out


def pack(samples, bits):
    if bits == 8:
        return bytes((s >> 8) + 128 for s in samples)
    return struct.pack("<%dh" % len(samples), *samples)


def reference(file):
    with tempfile.NamedTemporaryFile(suffix=".wav") as f:
        f.write(file)
        f.flush()
        command = ["ffmpeg", "-v", "quiet", "-nostdin", "-i", f.name, "-vn", "-af", FILTER]
        return subprocess.run(command + ["-f", "s16le", "-"], stdout=subprocess.PIPE).stdout


def cases():
    rates = [8000, 11025, 12000, 16000, 22050, 24000, 32000, 44100, 48000, 88200, 96000, 176400, 192000]
    lengths = [1, 17, 54, 81, 118, 1000, 4999, 20000]
    kinds = itertools.cycle(["noise", "square", "walk"])
    seed = 1
    for rate, frames in itertools.product(rates, lengths):
        seed += 1
        yield rate, frames, 1 + seed % 2, 0, 8 if seed % 5 == 0 else 16, next(kinds), seed
    # Rates that no equipment has, or once had.
    for rate in [1000, 5512, 11024, 11026, 11127, 18900, 22254, 37800, 44056, 44099, 50000, 64000, 384000]:
        seed += 1
        yield rate, 12000, 1 + seed % 2, 0, 16, next(kinds), seed
    for rate in [8000, 11025, 44100, 48000]:
        for channels, mask in [(3, 0), (4, 0), (5, 0), (6, 0), (7, 0), (8, 0), (6, 0x60F), (2, 0xC), (3, 0x103)]:
            seed += 1
            yield rate, 3000, channels, mask, 16, next(kinds), seed
    # Around the length from which a short signal gives anything.
    for rate, first in [(8000, 11), (22050, 27), (44100, 54), (48000, 59), (96000, 118)]:
        for frames in range(first - 1, first + 3):
            seed += 1
            yield rate, frames, 2, 0, 16, "noise", seed


def record_signals():
    with open("swresample.tsv", "w") as tsv:
        tsv.write("# rate frames channels mask bits kind seed | samples sha256[0..8)\n")
        for case in cases():
            rate, frames, channels, mask, bits, kind, seed = case
            data = pack(signal(kind, frames, channels, seed), bits)
            out = reference(wav(rate, channels, mask, bits, data))
            digest = hashlib.sha256(out).hexdigest()[:16]
            tsv.write("\t".join(map(str, case)) + "\t%d\t%s\n" % (len(out) // 2, digest))


def record_matrix():
    masks = [1, 8, 3, 7, 0xB, 0xC, 0xF, 0x13, 0x30, 0x33, 0x37, 0x3F, 0x9, 0xC4, 0xFF, 0x103, 0x104, 0x107, 0x10F]
    masks += [0x137, 0x13F, 0x203, 0x600, 0x603, 0x607, 0x60F, 0x633, 0x637, 0x63F, 0x6C3, 0x6C7, 0x6CF, 0x707, 0x70F]
    masks += [0x737, 0x803, 0x1003, 0x808, 0x3FFFF]
    with open("matrix.tsv", "w") as tsv:
        tsv.write("# mask | what a channel at 32000 alone gives, for each channel; - if refused\n")
        for mask in masks:
            channels = bin(mask).count("1")
            frames = [32000 if c == i // 4 else 0 for i in range(4 * channels) for c in range(channels)]
            out = reference(wav(11025, channels, mask, 16, pack(frames, 16)))
            samples = struct.unpack("<%dh" % (len(out) // 2), out)
            tsv.write("%x\t%s\n" % (mask, " ".join(map(str, samples[::4])) or "-"))


os.chdir(os.path.dirname(os.path.abspath(__file__)))
record_signals()
record_matrix()
