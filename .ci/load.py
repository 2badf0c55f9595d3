"""Many hand in papers at once, for a while: what is accepted must get its report. Run by `.ci/service`.

Each paper is the sample of ten pages with a number of its own at the end, so that none is known already.
"""

import asyncio
import json
import sys
import time

address, service, seconds, at_once = sys.argv[1], int(sys.argv[2]), float(sys.argv[3]), int(sys.argv[4])
host, port = address.removeprefix("http://").split(":")
sample = open("samples/long-appendix/paper.pdf", "rb").read()
BOUNDARY = b"parted-here"


def form(number):
    head = b'--%s\r\nContent-Disposition: form-data; name="pdf"; filename="paper.pdf"\r\n\r\n' % BOUNDARY
    return head + sample + b"\n%% %d\n" % number + b"\r\n--%s--\r\n" % BOUNDARY


async def ask(method, path, body=b"", kind=""):
    reader, writer = await asyncio.open_connection(host, int(port))
    head = f"{method} {path} HTTP/1.1\r\nHost: {host}:{port}\r\nConnection: close\r\nContent-Length: {len(body)}\r\n"
    head += f"Content-Type: {kind}\r\n" if kind else ""
    writer.write(head.encode() + b"\r\n" + body)
    await writer.drain()
    answer = await reader.read()
    writer.close()
    head, _, body = answer.partition(b"\r\n\r\n")
    lines = head.decode().split("\r\n")
    headers = dict(line.lower().split(": ", 1) for line in lines[1:])
    return int(lines[0].split()[1]), headers, body


def memory():
    """Of the service alone, in MiB: its workers have limits of their own."""
    with open(f"/proc/{service}/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS")) / 1024


async def main():
    times, answers, accepted, sizes = [], {}, set(), []
    end = time.monotonic() + seconds
    number = 0

    async def one():
        nonlocal number
        while time.monotonic() < end:
            number += 1
            body = form(number)
            begun = time.monotonic()
            try:
                status, headers, _ = await ask("POST", "/v1/checks", body, f"multipart/form-data; boundary={BOUNDARY.decode()}")
            except (OSError, ValueError, IndexError) as error:
                status, headers = type(error).__name__, {}
            times.append(time.monotonic() - begun)
            answers[status] = answers.get(status, 0) + 1
            if status in (200, 202):
                accepted.add(headers["location"])
            elif status == 429:
                await asyncio.sleep(min(float(headers["retry-after"]), max(0.0, end - time.monotonic())))

    async def watch():
        while time.monotonic() < end:
            sizes.append(memory())
            await asyncio.sleep(1)

    begun = time.monotonic()
    await asyncio.gather(watch(), *(one() for _ in range(at_once)))
    took = time.monotonic() - begun
    times.sort()
    print(f"{len(times)} uploads by {at_once} at once in {took:.0f} s; answers: {answers}")
    print(f"time to the answer: p50 {times[len(times) // 2]:.2f} s, p99 {times[len(times) * 99 // 100]:.2f} s, most {times[-1]:.2f} s")
    third = max(1, len(sizes) // 3)
    print(f"memory of the service: {sizes[0]:.0f} MiB at first, {max(sizes[third:2 * third] or sizes):.0f} MiB in the middle third, {max(sizes[-third:]):.0f} MiB in the last")

    waited = time.monotonic()
    while True:
        _, _, body = await ask("GET", "/v1/checks?verdict=waiting&per_page=1")
        left = json.loads(body)["total"]
        if left == 0:
            break
        await asyncio.sleep(1)
    waited = time.monotonic() - waited
    lost = 0
    for place in sorted(accepted):
        status, _, body = await ask("GET", place)
        if status != 200 or json.loads(body).get("verdict") != "pass":
            lost += 1
    rate = len(accepted) / (took + waited)
    print(f"{len(accepted)} accepted, all checked {waited:.0f} s later ({rate:.1f} a second); {lost} of them without their report")
    odd = [status for status in answers if status not in (200, 202, 429)]
    sys.exit(1 if lost or odd or not accepted else 0)


asyncio.run(main())
