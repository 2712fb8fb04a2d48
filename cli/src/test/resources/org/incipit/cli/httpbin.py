"""httpbin.py PORT: talks to `incipit httpbin` with Python's standard library."""
import concurrent.futures
import gzip
import http.client
import http.cookiejar
import json
import os
import sys
import urllib.error
import urllib.parse
import urllib.request

PORT = int(sys.argv[1])
BASE = f"http://127.0.0.1:{PORT}"


def equal(expected, got, what=""):
    if expected != got:
        raise SystemExit(f"FAILED: {what} {got!r} in place of {expected!r}")


def opened(connection, method, path, body=None, headers={}, **more):
    connection.request(method, path, body, headers, **more)
    answer = connection.getresponse()
    return answer, answer.read()


def on_one_connection():
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=60)
    connection.connect()
    socket = connection.sock
    for i in range(300):
        body = os.urandom(i * 97)
        answer, came = opened(connection, "POST", f"/path/{i}", body)
        equal((200, body), (answer.status, came), f"echo of {len(body)} bytes")
    for method in "POST", "PUT", "PATCH", "DELETE":
        answer, came = opened(connection, method, "/" + method.lower(), b'{"a": [1, 2.5, "\xc3\xa9"]}')
        equal({"a": [1, 2.5, "\u00e9"]}, json.loads(came)["json"], method)
    answer, came = opened(connection, "HEAD", "/html")
    equal((200, b""), (answer.status, came), "HEAD")
    equal(True, int(answer.headers["Content-Length"]) > 0, "its length")
    answer, came = opened(connection, "GET", "/stream-bytes/100000?chunk_size=1000&seed=5")
    equal(("chunked", 100000), (answer.headers["Transfer-Encoding"], len(came)), "chunks")
    parts = [os.urandom(n) for n in (1, 5000, 70000, 3)]
    answer, came = opened(connection, "POST", "/echo", iter(parts), encode_chunked=True,
                          headers={"Transfer-Encoding": "chunked"})
    equal(b"".join(parts), came, "sent in chunks")
    packed = gzip.compress(b"plain" * 1000)
    answer, came = opened(connection, "POST", "/echo", packed, {"Content-Encoding": "gzip"})
    equal(b"plain" * 1000, came, "packed")
    equal(True, socket is connection.sock, "the same connection")
    answer, came = opened(connection, "GET", "/get", headers={"Connection": "close"})
    equal(True, answer.will_close, "close")
    connection.close()


def with_urllib():
    opener = urllib.request.build_opener(
        urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))

    def ask(path, data=None):
        with opener.open(BASE + path, data, 60) as answer:
            return json.load(answer)

    query = [("a", "1"), ("a", "2"), ("caf\u00e9", "\u266b & = + %"), ("", "none"), ("empty", "")]
    equal({"a": ["1", "2"], "caf\u00e9": "\u266b & = + %", "": "none", "empty": ""},
          ask("/get?" + urllib.parse.urlencode(query))["args"], "args")
    form = urllib.parse.urlencode({"x": "y z", "u": "\u00fc"}).encode()
    report = ask("/post", form)
    equal(({"x": "y z", "u": "\u00fc"}, "", None), (report["form"], report["data"], report["json"]), "form")
    equal(BASE + "/anything/x?y=%C3%A9", ask("/anything/x?y=%C3%A9")["url"], "url")
    equal({"k": "v", "l": "w"}, ask("/cookies/set?k=v&l=w")["cookies"], "cookies")
    equal({"l": "w"}, ask("/cookies/delete?k")["cookies"], "after deleting")
    equal(BASE + "/get", ask("/redirect/7")["url"], "redirected")
    equal({"origin": "127.0.0.1"}, ask("/ip"), "ip")
    equal("slideshow", next(iter(ask("/json"))), "json")
    for status in 400, 404, 418, 503:
        try:
            opener.open(f"{BASE}/status/{status}")
            raise SystemExit(f"FAILED: {status} is no error")
        except urllib.error.HTTPError as error:
            equal(status, error.code)
            error.close()
    with opener.open(BASE + "/stream/50") as answer:
        equal(list(range(50)), [json.loads(line)["id"] for line in answer], "lines")


def many_at_once():
    def one(i):
        connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=60)
        body = bytes([i % 256]) * 50000
        for path in "/echo", f"/delay/0.{i % 3}", "/other":
            answer, came = opened(connection, "POST", path, body)
            equal(200, answer.status, path)
            equal(True, came == body or json.loads(came)["data"] != "", path)
        connection.close()

    with concurrent.futures.ThreadPoolExecutor(50) as pool:
        list(pool.map(one, range(200)))


on_one_connection()
with_urllib()
many_at_once()
print("all well")
