"""A client of the server that shares nothing with it.

client.py load HTTP_PORT LINE_PORT FIRST   writes documents until the server goes, prints those
                                           that were acknowledged, and CUT for a broken answer
client.py verify HTTP_PORT                 reads ids, prints those that are not there
client.py lines LINE_PORT                  sends the lines of standard input, prints the answers
"""
import http.client
import itertools
import json
import socket
import sys
import threading

HOST = "127.0.0.1"
out = threading.Lock()


def say(text):
    with out:
        sys.stdout.write(text + "\n")
        sys.stdout.flush()


def hashes(document):
    return [document * 7919 % 4294967291, document, 12345]


def write_http(port, first, step):
    connection = http.client.HTTPConnection(HOST, port, timeout=60)
    for document in itertools.count(first, step):
        change = {"insert": {"id": document, "hashes": hashes(document)}}
        body = json.dumps({"changes": [change]})
        try:
            connection.request(
                "POST", "/main/_update", body, {"Content-Type": "application/json"})
            answer = connection.getresponse()
            text = answer.read()
        except http.client.IncompleteRead:
            say("CUT http body")
            return
        except http.client.RemoteDisconnected:
            return
        except http.client.HTTPException as e:
            say("CUT http head " + repr(e))
            return
        except OSError:
            return
        if answer.status == 200 and "version" in json.loads(text):
            say(str(document))
        elif answer.status != 503:
            say("CUT http status %d" % answer.status)


def search_http(port):
    connection = http.client.HTTPConnection(HOST, port, timeout=60)
    while True:
        try:
            connection.request(
                "POST", "/main/_search", '{"query":[12345]}', {"Content-Type": "application/json"})
            json.loads(connection.getresponse().read())
        except (http.client.IncompleteRead, ValueError):
            say("CUT search")
            return
        except (http.client.HTTPException, OSError):
            return


def write_lines(port, first, step):
    connection = socket.create_connection((HOST, port), timeout=60)
    answers = connection.makefile("rb")
    for document in itertools.count(first, step):
        terms = ",".join(map(str, hashes(document)))
        requests = "begin\r\ninsert %d %s\r\ncommit\r\n" % (document, terms)
        try:
            connection.sendall(requests.encode())
            got = [answers.readline() for _ in range(3)]
        except OSError:
            return
        if got == [b"OK \r\n"] * 3:
            say(str(document))
        elif any(line and not line.endswith(b"\r\n") for line in got):
            say("CUT line %r" % got)
            return
        elif not all(got):
            return
        elif b"ERR commit failed\r\n" not in got:
            say("CUT answer %r" % got)
            return


def load(http_port, line_port, first):
    threads = [threading.Thread(target=write_http, args=(http_port, first + i, 8)) for i in range(4)]
    threads += [
        threading.Thread(target=write_lines, args=(line_port, first + i, 8)) for i in range(4, 8)]
    threads += [threading.Thread(target=search_http, args=(http_port,)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def verify(port):
    connection = http.client.HTTPConnection(HOST, port, timeout=60)
    count = 0
    for line in sys.stdin:
        connection.request("GET", "/main/" + line.strip())
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            say("missing " + line.strip())
        count += 1
    say("verified %d" % count)


def lines(port):
    connection = socket.create_connection((HOST, port), timeout=60)
    answers = connection.makefile("rb")
    for line in sys.stdin:
        connection.sendall(line.rstrip("\n").encode() + b"\r\n")
        sys.stdout.write(answers.readline().decode())
    sys.stdout.write("end\n" if answers.read() == b"" else "more\n")


if __name__ == "__main__":
    {"load": load, "verify": verify, "lines": lines}[sys.argv[1]](*map(int, sys.argv[2:]))
