"""Many hand in papers at once, for a while: what is accepted must get its report. Run by `.ci/service`.

Each paper is the sample of ten pages with a number of its own at the end, so that none is known already.
"""

import asyncio
import json
import os
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


def resident(process):
    """Memory of a process in MiB; 0 for one that has ended."""
    try:
        with open(f"/proc/{process}/status") as status:
            return next((int(line.split()[1]) for line in status if line.startswith("VmRSS")), 0) / 1024
    except OSError:
        return 0


def memory():
    """Of the service, and of it with its workers."""
    workers = []
    for thread in os.listdir(f"/proc/{service}/task"):
        with open(f"/proc/{service}/task/{thread}/children") as children:
            workers += children.read().split()
    own = resident(service)
    return own, own + sum(map(resident, workers))


async def main():
    times, answers, accepted, sizes = {}, {}, set(), []
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
            times.setdefault("accepted" if status in (200, 202) else "refused", []).append(time.monotonic() - begun)
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
    print(f"{number} uploads by {at_once} at once in {took:.0f} s; answers: {answers}")
    for what, all in sorted(times.items()):
        all.sort()
        p50, p99 = all[len(all) // 2], all[len(all) * 99 // 100]
        print(f"time until {what}: p50 {p50:.2f} s, p99 {p99:.2f} s, most {all[-1]:.2f} s")
    third = max(1, len(sizes) // 3)
    for what, of in [("service", 0), ("service with its workers", 1)]:
        first, middle, last = (max(size[of] for size in part) for part in (sizes[:1], sizes[third:2 * third] or sizes, sizes[-third:]))
        print(f"memory of the {what}: {first:.0f} MiB at first, at most {middle:.0f} MiB in the middle third, {last:.0f} MiB in the last")

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
    # Figures of a minute or more are held to what is promised; a shorter load only shows that nothing is lost.
    slow = seconds >= 60 and sorted(times["accepted"])[len(times["accepted"]) * 99 // 100] > 2
    large = seconds >= 60 and max(size[1] for size in sizes) > 1024
    sys.exit(1 if lost or odd or slow or large or not accepted else 0)


asyncio.run(main())
