"""Killing a review while somebody decides, over and over: what was confirmed is on the disk.

    python -m tests.web.kills --kills 200          (make kills)

The reviewer is a loop that decides as fast as answers come, over HTTP like the page. At a moment nobody can
foresee the program is killed with SIGKILL; then the journals are read, and a new program is started on them.
"""

import argparse
import http.client
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
from dataclasses import dataclass, field
from pathlib import Path

from qualcode.review.journal import read_folder

from .conftest import write_study

TALKS = {
    f"I{n:02}": (
        "---\nkind: interview\n---\n",
        "".join(f"问：第{k}个问题？\n答：第{k}件事大家都怕担责。数据一直不给。\n" for k in range(20)),
    )
    for n in range(3)
}


@dataclass
class Tally:
    """What was confirmed, and what was found wrong afterwards."""

    kills: int = 0
    confirmed: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    damaged: list[str] = field(default_factory=list)


class Program:
    """`qualcode review` in a process of its own; with `fork` a copy of this one, which starts at once."""

    def __init__(self, study: Path, *, fork: bool) -> None:
        reading, writing = os.pipe()
        if fork:
            self.pid = os.fork()
            if self.pid == 0:
                self._child(study, writing)
        else:
            command = [
                sys.executable,
                "-m",
                "qualcode",
                "review",
                str(study),
                "--coder",
                "甲",
                "--no-browser",
            ]
            self.process = subprocess.Popen(command, stdout=writing, stderr=subprocess.DEVNULL)
            self.pid = self.process.pid
        os.close(writing)
        with os.fdopen(reading) as stream:
            self.address = stream.readline().strip()
        if not self.address:
            raise RuntimeError("the program did not start on what the kill before left")
        self.host = urllib.parse.urlsplit(self.address).netloc
        self.cookie = ""

    def enter(self) -> None:
        """Change the token for the cookie, as a browser would."""
        connection = self.connect()
        connection.request("GET", self.address.partition(self.host)[2], headers={"Host": self.host})
        answer = connection.getresponse()
        self.cookie = (answer.getheader("Set-Cookie") or "").partition(";")[0]
        connection.close()

    @staticmethod
    def _child(study: Path, writing: int) -> None:
        from qualcode.web.server import serve

        from .conftest import lay

        def announce(address: str) -> None:
            os.write(writing, f"{address}\n".encode())

        # In a thread of its own: the process may be a copy of one in which a browser's event loop runs.
        serving = threading.Thread(target=lambda: serve(lay(study), announce=announce))
        serving.start()
        serving.join()
        os._exit(0)

    def connect(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection(self.host, timeout=10)

    def ask(self, connection: http.client.HTTPConnection, name: str, **body: object):
        connection.request(
            "POST",
            f"/api/{name}",
            json.dumps(body).encode(),
            {
                "Host": self.host,
                "Origin": f"http://{self.host}",
                "Content-Type": "application/json",
                "X-Qualcode": "1",
                "Cookie": self.cookie,
            },
        )
        answer = connection.getresponse()
        return answer.status, json.loads(answer.read())

    def kill(self) -> None:
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)


def work(program: Program, tally: Tally, chance: random.Random) -> None:
    """Decide until nobody answers any more. Only what was answered with 200 counts as confirmed."""
    everything = {"show": "all", "status": "all"}
    connection = program.connect()
    try:
        program.enter()
        _, answer = program.ask(connection, "entry", filter=everything)
        while True:
            entry = answer.get("entry") or program.ask(connection, "entry", filter=everything)[1]["entry"]
            here = {"segment": entry["segment"], "code": entry["code"]}
            action = chance.choice(["accept", "reject", "add", "memo", "undo"])
            if action == "undo":
                last = entry["last"]
                sent = {"id": last["id"]} if last else {}
                status, answer = program.ask(connection, "undo", filter=everything, here=here, **sent)
            else:
                body = {
                    "action": action,
                    "segment": entry["segment"],
                    "code": entry["code"],
                    "seen": entry["seen"],
                }
                body |= {"memo": "打字" * chance.randrange(1, 400)} if action == "memo" else {}
                body |= {"code": f"open:新{chance.randrange(5)}"} if action == "add" else {}
                body |= {"action": "accept"} if action == "reject" and not entry["code"] else {}
                status, answer = program.ask(connection, "decide", filter=everything, here=here, **body)
            if status == 200:
                line = answer["entry"]["undone"] if action == "undo" else answer["decided"]
                tally.confirmed.append(line["id"])
            else:
                answer = {}
    except (OSError, http.client.HTTPException, ValueError):
        pass
    finally:
        connection.close()


def kill_often(kills: int, *, seed: int, fork: bool, longest: float = 0.25) -> Tally:
    """Kill so often, and say what came of it. The journals grow over all the kills, as they would."""
    chance, tally = random.Random(seed), Tally()
    with tempfile.TemporaryDirectory() as folder:
        study = write_study(Path(folder) / "study", TALKS)
        while tally.kills < kills:
            program = Program(study, fork=fork)
            worker = threading.Thread(target=work, args=(program, tally, chance))
            worker.start()
            time.sleep(chance.uniform(0.0, longest))
            program.kill()
            worker.join()
            tally.kills += 1
            found, problems = read_folder(study / "decisions")
            kept = {one.id for one in found}
            tally.lost += [name for name in tally.confirmed if name not in kept]
            tally.damaged += [str(one) for one in problems if one.kind != "torn-decision"]
    return tally


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    tally = kill_often(given.kills, seed=given.seed, fork=False, longest=0.6)
    print(f"{tally.kills} kills, {len(tally.confirmed)} decisions confirmed, {len(tally.lost)} lost")
    print(f"{len(tally.damaged)} lines damaged")
    return 1 if tally.lost or tally.damaged else 0


if __name__ == "__main__":
    sys.exit(main())
