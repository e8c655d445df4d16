"""Attacks on a server that every page of a browser and every user of the computer can reach, one by one."""

import http.client
import json
import re
import socket
import threading

import pytest

from .conftest import Running, decisions, lay, write_study

GOOD = {"action": "reject", "segment": "I03:2", "code": "avoidance.fear", "seen": "-"}


def post(running, headers=None, body=GOOD, path="/api/decide", **changes):
    """What the page sends, with some headers changed; None leaves one out."""
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    own = headers if headers is not None else running.headers(**changes)
    return running.raw("POST", path, own | {"Content-Length": str(len(data))}, data)


@pytest.fixture(scope="module")
def besieged(tmp_path_factory):
    """One server that all attacks are made on."""
    one = Running(lay(write_study(tmp_path_factory.mktemp("besieged") / "study")), idle=0.0)
    one.enter()
    yield one
    one.stop()


@pytest.fixture
def running(besieged):
    yield besieged
    assert not list(besieged.desk.following.folder.iterdir()), "an attack decided something"


@pytest.mark.parametrize(
    ("status", "changes"),
    [
        # DNS rebinding: a foreign name that leads to 127.0.0.1
        (421, {"Host": "evil.example"}),
        (421, {"Host": "127.0.0.1"}),
        (421, {"Host": "127.0.0.1:1"}),
        (421, {"Host": "localhost.evil.example:{port}"}),
        (421, {"Host": "127.0.0.1.:{port}"}),
        (421, {"Host": "127.0.0.1:{port}, evil.example"}),
        (421, {"Host": "[::1]:{port}"}),
        (421, {"Host": ""}),
        # foreign pages
        (403, {"Origin": "http://evil.example"}),
        (403, {"Origin": "https://{host}"}),
        (403, {"Origin": "http://127.0.0.1:1"}),
        (403, {"Origin": "http://localhost:{port}"}),
        (403, {"Origin": "null"}),
        (403, {"Origin": None}),
        (403, {"Sec_Fetch_Site": "cross-site"}),
        (403, {"Sec_Fetch_Site": "same-site"}),
        (403, {"Sec_Fetch_Site": "nonsense"}),
        # who does not have the cookie
        (403, {"Cookie": None}),
        (403, {"Cookie": "qualcode_{port}="}),
        (403, {"Cookie": "qualcode_{port}=guess"}),
        (403, {"Cookie": "qualcode_1=guess; other=x"}),
        (403, {"Cookie": "qualcode_{port}=\u00e4"}),
        # what a form or a simple request can send
        (415, {"Content_Type": "text/plain"}),
        (415, {"Content_Type": "application/x-www-form-urlencoded"}),
        (415, {"Content_Type": "multipart/form-data; boundary=x"}),
        (415, {"Content_Type": "application/jsonp"}),
        (415, {"Content_Type": None}),
        (403, {"X_Qualcode": None}),
        (403, {"X_Qualcode": "0"}),
    ],
)
def test_a_request_that_no_page_of_ours_sends_is_refused(running, status, changes):
    filled = {
        name: value.replace("{port}", str(running.port)).replace("{host}", running.host) if value else value
        for name, value in changes.items()
    }
    assert post(running, **filled)[0] == status


def test_the_request_that_these_attacks_are_made_from_is_good(serving, study):
    running = serving()
    assert post(running, body=GOOD | {"filter": {}})[0] == 200
    assert [one.action for one in decisions(study)] == ["reject"]


def test_too_large_a_body_is_refused_whatever_its_head_says(running):
    large = json.dumps(GOOD | {"memo": "长" * 40_000}).encode()
    assert len(large) > 64 * 1024
    assert post(running, body=large)[0] == 413
    chunks = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in [large[:60_000], large[60_000:]])
    assert (
        running.raw(
            "POST", "/api/decide", running.headers(Transfer_Encoding="chunked"), chunks + b"0\r\n\r\n"
        )[0]
        == 413
    )
    headers = running.headers() | {"Content-Length": "-1"}  # no body: unread, it would reset the connection
    assert running.raw("POST", "/api/decide", headers)[0] in (400, 413)


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b"null", b"1", b'"x"', b"\xff\xfe", b"[" * 60_000, b'{"a":' * 10_000, b"NaN"],
    ids=["empty", "open", "list", "null", "number", "text", "bytes", "deep list", "deep object", "NaN"],
)
def test_what_is_no_json_object_is_refused(running, body):
    assert post(running, body=body)[0] in (400, 422)


@pytest.mark.parametrize(
    "changes",
    [
        {"filter": []},
        {"filter": {"show": "everything"}},
        {"filter": {"status": 1}},
        {"filter": {"below": "yes"}},
        {"filter": {"unknown": "x"}},
        {"filter": {"document": "nowhere"}},
        {"action": "undo"},
        {"action": "destroy"},
        {"action": ["reject"]},
        {"action": None},
        {"segment": "I03:999"},
        {"segment": "../../etc/passwd"},
        {"segment": 3},
        {"segment": ""},
        {"code": "nothing"},
        {"code": "open:with blank"},
        {"code": "refuse"},  # not on this segment
        {"to": "refuse"},  # with reject
        {"settles": "yes"},
        {"here": {"segment": []}},
        {"around": "all"},
        {"action": "memo", "memo": "  "},
        {"action": "add", "code": "open:" + "长" * 200},
    ],
    ids=str,
)
def test_what_makes_no_sense_is_said_and_nothing_is_written(running, changes):
    body = GOOD | {"here": {"segment": "I03:2", "code": "avoidance.fear"}} | changes
    if "around" in changes:  # only looked at when an entry is shown
        assert post(running, path="/api/entry", body=body)[0] == 422
        return
    status, _, text = post(running, body=body)
    assert status == 422, text
    assert json.loads(text)["message"]


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("PUT", "/api/decide"),
        ("DELETE", "/api/decide"),
        ("OPTIONS", "/api/decide"),  # the question before a foreign request: no permission is ever given
        ("HEAD", "/"),
        ("GET", "/api/decide"),
        ("GET", "/api/desk"),
        ("POST", "/"),
        ("TRACE", "/"),
        ("PATCH", "/api/decide"),
    ],
)
def test_other_ways_to_ask_are_refused(running, method, path):
    assert running.raw(method, path, running.headers() | {"Content-Length": "0"})[0] == 405


@pytest.mark.parametrize(
    "path", ["/x", "/templates/review/page.html", "/../../etc/passwd", "/%2e%2e/", "//evil.example/"]
)
def test_there_is_nothing_but_the_page(running, path):
    assert running.raw("GET", path, running.headers(Origin=None))[0] == 404
    assert post(running, path="/api/nothing")[0] == 404


def test_the_address_is_good_once(serving):
    running = serving()
    own = {"Host": running.host}
    assert running.raw("GET", "/", own)[0] == 403
    assert running.raw("GET", "/?token=guess", own)[0] == 403
    assert running.raw("GET", "/?token=", own)[0] == 403
    assert running.raw("GET", f"/?token={running.token}", own | {"Sec-Fetch-Site": "cross-site"})[0] == 403
    status, headers, _ = running.raw("GET", f"/?token={running.token}", own)
    assert (status, headers["location"]) == (303, "/")
    cookie = headers["set-cookie"]
    assert cookie.startswith(f"qualcode_{running.port}=")
    assert {"httponly", "samesite=strict", "path=/"} <= set(cookie.lower().split("; "))
    assert running.token not in cookie
    running.cookie = cookie.partition(";")[0]
    assert running.raw("GET", f"/?token={running.token}", own)[0] == 403
    status, headers, _ = running.raw("GET", f"/?token={running.token}", own | {"Cookie": running.cookie})
    assert status == 303 and "set-cookie" not in headers  # the same browser opens the address again
    assert running.raw("GET", "/", own | {"Cookie": running.cookie})[0] == 200


def test_two_who_open_the_address_at_once_do_not_both_get_in(serving):
    running = serving()
    got = []

    def knock():
        got.append(running.raw("GET", f"/?token={running.token}", {"Host": running.host}))

    threads = [threading.Thread(target=knock) for _ in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(status for status, _, _ in got) == [303] + [403] * 7
    running.cookie = next(h["set-cookie"] for s, h, _ in got if s == 303).partition(";")[0]


def test_every_answer_forbids_what_it_can(running):
    answers = [
        running.raw("GET", "/", running.headers(Origin=None)),
        post(running, path="/api/desk", body={}),
        post(running, Host="evil.example"),
        running.raw("GET", "/x", running.headers(Origin=None)),
        running.raw("GET", "/", {"Host": running.host}),
    ]
    for _, headers, _ in answers:
        assert headers["cache-control"] == "no-store"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["cross-origin-opener-policy"] == "same-origin"
        assert headers["cross-origin-resource-policy"] == "same-origin"
        assert headers["x-frame-options"] == "DENY"
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert not [name for name in headers if name.startswith("access-control")]
        assert "server" not in headers
    policy = answers[0][1]["content-security-policy"]
    assert "default-src 'none'" in policy and "connect-src 'self'" in policy
    assert "unsafe" not in policy and "http" not in policy and "*" not in policy
    scripts = re.search(r"script-src ([^;]*)", policy)[1].split()
    assert len(scripts) >= 10 and all(one.startswith("'sha256-") for one in scripts)


def test_the_page_itself_holds_no_word_of_the_material(running):
    text = running.raw("GET", "/", running.headers(Origin=None))[2].decode()
    assert "担责" not in text and "I03" not in text and running.token not in text


def test_a_socket_that_speaks_no_http_stops_nobody(running):
    for data in (
        b"\x16\x03\x01\x02\x00\x01\x00",
        b"GET / HTTP/1.1\r\n" + b"A: " + b"x" * 100_000,
        b"\r\n\r\n",
        b"GET",
    ):
        with socket.create_connection(("127.0.0.1", running.port), timeout=5) as raw:
            raw.sendall(data)
    assert running.call("desk")[0] == 200


def test_a_websocket_is_not_opened(running):
    headers = running.headers(Origin=f"http://{running.host}", Content_Type=None) | {
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    }
    assert running.raw("GET", "/api/decide", headers)[0] == 405


def test_it_listens_on_this_computer_alone(running):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # nothing is sent; says which address the computer has
            own = probe.getsockname()[0]
        except OSError:
            pytest.skip("this computer has no other address")
    if own.startswith("127."):
        pytest.skip("this computer has no other address")
    with pytest.raises(OSError):
        socket.create_connection((own, running.port), timeout=2)


def test_nothing_of_the_text_is_logged(serving, capfd):
    running = serving()
    capfd.readouterr()
    running.call("entry", filter={"search": "担责"}, here=None)
    running.call("decide", action="accept", segment="担责", filter={})
    post(running, Host="evil.example")

    def fail(*_, **__):
        raise RuntimeError("怕担责")

    running.desk.queue = fail
    status, answer = running.raw("POST", "/api/entry", running.headers() | {"Content-Length": "2"}, b"{}")[
        0:3:2
    ]
    assert status == 500 and "担责" not in answer.decode()
    running.stop()
    assert running.failures == ["RuntimeError"]
    out, err = capfd.readouterr()
    assert out + err == ""


def test_who_does_nothing_for_a_while_is_stopped(serving):
    running = serving(idle=0.02)  # minutes
    running.enter()
    running.thread.join(15)
    assert running.rested is True
    with pytest.raises((OSError, http.client.HTTPException)):
        running.call("desk")


def test_requests_that_are_refused_do_not_keep_it_awake(serving):
    running = serving(idle=0.03)
    for _ in range(100):
        try:
            running.raw("GET", "/", {"Host": running.host})
        except OSError:
            break
        running.thread.join(0.1)
        if not running.thread.is_alive():
            break
    running.thread.join(5)
    assert running.rested is True
