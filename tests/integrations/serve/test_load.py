"""Load: every request is answered as it should be, and memory stays where it is."""

import os
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.integrations.serve.serving import FORM, command, head_of, upload

MEBI = 1 << 20


def unlike(seed):
    """The bytes of a picture that no other seed gives."""
    from io import BytesIO

    pixels = np.random.default_rng(seed).integers(0, 255, (300, 400, 3), dtype=np.uint8)
    buffer = BytesIO()
    Image.fromarray(pixels).save(buffer, "JPEG")
    return buffer.getvalue()


def memory(process):
    """Bytes that a process has in memory."""
    pages = int(Path(f"/proc/{process.pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def mixed(client, number):
    """One of several kinds of requests, and whether its answer is as it should be."""
    match number % 8:
        case 0:
            return client.describe(b"no picture").status in {422, 503}
        case 1:
            return client.send("POST", "/v1/describe", b"nonsense", content_type=FORM).status == 400
        case 2:
            return client.fix(text='<p><img src="a.png"></p>' * 50).status in {200, 503}
        case 3:
            with client.connect() as leaving:
                leaving.sendall(head_of(bytes(100)) + b"--")
            return True
        case 4:
            return client.describe(upload(b"x" * 3 * MEBI)).status in {413, 503}
        case _:
            return client.describe(unlike(number)).status in {200, 503}


def load(client, seconds):
    """Send requests in 12 threads for some seconds; return the numbers of good and bad answers."""
    end = time.monotonic() + seconds
    good, bad = [], []

    def send(thread):
        number = thread
        while time.monotonic() < end:
            (good if mixed(client, number) else bad).append(number)
            number += 12

    with ThreadPoolExecutor(12) as threads:
        list(threads.map(send, range(12)))
    return good, bad


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="memory is read from /proc")
@pytest.mark.parametrize("seconds", [6, pytest.param(60, marks=pytest.mark.slow)])
def test_under_load_every_answer_is_right_and_memory_stays_flat(seconds):
    with command("--quiet", "--max-upload", "2", "--queue", "8") as (process, client):
        load(client, 4)
        before = memory(process)
        good, bad = load(client, seconds)
        grown = memory(process) - before
        assert client.get("/readyz").status == 200
        assert client.describe(unlike(-1 % 2**32)).status == 200
    assert not bad
    assert len(good) > 20
    assert grown < 64 * MEBI, f"{before / MEBI:.0f} MiB and {grown / MEBI:.0f} more"
