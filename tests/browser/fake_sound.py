"""What a microphone hears of the echo test's sweeps: a WAV for Chromium's --use-file-for-fake-audio-capture."""

import math
import wave
from array import array
from pathlib import Path

RATE = 48_000
SWEEP_S, EVERY_S, LOW_HZ, HIGH_HZ, PLAYED = 0.7, 1.1, 400, 4000, 0.25  # server/web/site/test/echo.ts, listen.ts
COMES_S = 0.5  # the file begins when the microphone opens; the page plays 0.3 s later, and what opening takes


def echo(path: Path, weaker_db: float, turns: int = 10) -> Path:
    """Sweeps in the rhythm of the test, so much weaker than it plays them. The file is played in a loop."""
    loud = PLAYED * 10 ** (-weaker_db / 20)
    one = array("h", [0] * round(EVERY_S * RATE))
    length, fade = round(SWEEP_S * RATE), round(0.02 * RATE)
    for at in range(length):
        time = at / RATE
        phase = 2 * math.pi * (LOW_HZ * time + (HIGH_HZ - LOW_HZ) * time * time / (2 * SWEEP_S))
        one[at] = round(32_767 * loud * math.sin(phase) * min(1, at / fade, (length - 1 - at) / fade))
    late = round(COMES_S * RATE)
    one = one[-late:] + one[:-late]
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes((one * turns).tobytes())
    return path
