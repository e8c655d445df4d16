"""A small study on the review page: served in a thread of the tests, asked over HTTP or in Chromium."""

import http.client
import json
import threading
import urllib.parse
from pathlib import Path

import pytest

from qualcode.project.bench import open_bench
from qualcode.project.desk import open_desk
from qualcode.project.study import load_study
from qualcode.review.journal import read_folder
from qualcode.web.server import serve

BOOK = """
qualcode: 1
id: small
title: {zh: 小, en: Small}
languages: [zh]
facets: {logic: {question: 什么逻辑}}
codes:
  - {id: avoidance, name: {zh: 避责, en: Avoidance}, definition: 怕承担责任, facet: logic}
  - id: avoidance.fear
    name: {zh: 怕担责, en: Fear of blame}
    definition: {zh: 说出怕被追责, en: Says that blame is feared}
    include: 说话人怕被追责
    exclude: 只说制度
    examples: [大家都怕担责。]
    rules: [{id: fear, terms: [担责, 追责]}]
  - id: avoidance.delay
    name: {zh: 拖延, en: Delay}
    definition: 一拖再拖
    rules: [{id: wait, terms: [再等等]}]
  - id: refuse
    name: {zh: 拒绝, en: Refusal}
    definition: 不给数据
    rules: [{id: refuse, terms: [不给], except: [不给力]}]
  - id: agree
    name: {zh: 同意, en: Agreement}
    definition: 表示同意
    rules: [{id: yes, terms: [对]}]
"""
TALKS = {
    "I03": (
        "---\nkind: interview\ntitle: 数据局访谈\ndate: 2019-06-25\n---\n",
        "问：数据共享推进得怎么样？\n"
        "答：说实话大家都怕担责，谁也不敢先签字。我们处里的数据一直不给别的部门。\n"
        "问：是不是担心出了问题说不清楚？\n答：对。\n"
        "问：后来有变化吗？\n"
        "答：后来市里开了会，追责的办法写清楚了，情况就好一些。不过有些单位说再等等。系统也不给力。\n",
    ),
    "I04": (
        "---\nkind: interview\ntitle: 街道访谈\ndate: 2020-03-01\n---\n",
        "问：街道这边呢？\n答：上面不给数据，我们只好自己填表。群众反复跑。\n",
    ),
    "I09": (
        "---\nkind: interview\ntitle: 留作检验\nsplit: test\n---\n",
        "问：你们呢？\n答：我们也怕担责。\n",
    ),
}


def write_study(folder: Path, talks=TALKS, book=BOOK) -> Path:
    (folder / "corpus").mkdir(parents=True)
    for name, (head, text) in talks.items():
        (folder / "corpus" / f"{name}.txt").write_text(head + text, "utf-8")
    (folder / "codebook.yaml").write_text(book, "utf-8")
    (folder / "qualcode.yaml").write_text("qualcode: 1\ntitle: {zh: 小研究, en: Small study}\n", "utf-8")
    return folder


@pytest.fixture
def study(tmp_path) -> Path:
    return write_study(tmp_path / "study")


def lay(study: Path, coder: str = "甲", **options):
    """Open a study's desk, as the command does."""
    made, problems = load_study(study / "qualcode.yaml")
    assert made is not None, problems
    return open_desk(open_bench(made), coder, **options)


def decisions(study: Path):
    """What is in the journals, and nothing damaged."""
    found, problems = read_folder(study / "decisions")
    assert problems == []
    return found


class Running:
    """A review being served. `call` asks like the page does; `raw` sends what it is given."""

    def __init__(self, desk, **options) -> None:
        self.desk = desk
        self.failures: list[str] = []
        self.rested: bool | None = None
        ready = threading.Event()

        def announce(address: str) -> None:
            self.address = address
            ready.set()

        def run() -> None:
            self.rested = serve(desk, announce=announce, failed=self.failures.append, **options)

        self.thread = threading.Thread(target=run, daemon=True)
        self.thread.start()
        assert ready.wait(20)
        parts = urllib.parse.urlsplit(self.address)
        self.port, self.token = parts.port, parts.query.removeprefix("token=")
        self.host = f"127.0.0.1:{self.port}"
        self.cookie = ""

    def raw(self, method, path, headers=None, body=None):
        """Send a request with just these headers; returns status, headers, body."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        for name, value in (headers or {}).items():
            connection.putheader(name, value)
        connection.endheaders(body)
        answer = connection.getresponse()
        data = answer.read()
        connection.close()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, data

    def enter(self) -> str:
        """Change the token for the cookie."""
        status, headers, _ = self.raw("GET", f"/?token={self.token}", {"Host": self.host})
        assert status == 303
        self.cookie = headers["set-cookie"].partition(";")[0]
        return self.cookie

    def headers(self, **changes):
        """The headers a page of ours sends; a change to None leaves one out."""
        if not self.cookie:
            self.enter()
        own = {
            "Host": self.host,
            "Origin": f"http://{self.host}",
            "Sec-Fetch-Site": "same-origin",
            "Content-Type": "application/json",
            "X-Qualcode": "1",
            "Cookie": self.cookie,
        } | {name.replace("_", "-"): value for name, value in changes.items()}
        return {name: value for name, value in own.items() if value is not None}

    def call(self, name, **body):
        """Ask like the page; returns status and answer."""
        data = json.dumps(body).encode()
        headers = self.headers() | {"Content-Length": str(len(data))}
        status, _, text = self.raw("POST", f"/api/{name}", headers, data)
        return status, json.loads(text)

    def stop(self) -> None:
        if self.thread.is_alive():
            self.call("stop")
        self.thread.join(10)
        assert not self.thread.is_alive()


@pytest.fixture
def serving(study):
    """Serve a study; every review begun is ended."""
    running = []

    def begin(coder="甲", *, folder=None, lang="en", idle=0.0, port=0, **options):
        desk = lay(folder or study, coder, **options)
        running.append(Running(desk, lang=lang, idle=idle, port=port, title="小研究"))
        return running[-1]

    yield begin
    for one in running:
        one.stop()


@pytest.fixture
def window(chromium):
    """Open pages of a review; at the end nothing was said in the console and nothing left the computer."""
    context = chromium.new_context(viewport={"width": 1400, "height": 950})
    said, asked, dialogs = [], [], []

    def opened(running, *, again=False):
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))
        page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.accept()))
        page.goto(f"http://{running.host}/" if again else running.address)
        page.locator("#current:not(:empty)").wait_for()
        for one in context.cookies():
            if one["name"] == f"qualcode_{running.port}":
                running.cookie = f"{one['name']}={one['value']}"
        return page

    opened.said, opened.dialogs, opened.context = said, dialogs, context
    yield opened
    context.close()
    assert said == []
    assert asked and all(url.startswith(("http://127.0.0.1:", "data:")) for url in asked)
