"""acoustid-client.py URL KNOWN UNKNOWN: the server as pyacoustid sees it. Files are read by $FPCALC."""
import sys
import time

import acoustid

MBID = "9ff43b6a-4f16-427c-93c2-92307ca505e0"
URL, KNOWN, UNKNOWN = sys.argv[1:]


def equal(expected, got, what):
    if expected != got:
        raise SystemExit(f"FAILED: {what}: {got!r} in place of {expected!r}")


def fingerprint(path):
    return acoustid.fingerprint_file(path, force_fpcalc=True)


def matches(path):
    return list(acoustid.match("any", path, force_fpcalc=True))


def submitted(entries):
    answer = acoustid.submit("any", "me", entries)
    equal([str(i) for i in range(len(entries))],
          [one["index"] for one in answer["submissions"]], "places of submissions")
    return [imported(one["id"]) for one in answer["submissions"]]


def imported(submission):
    while True:
        state = acoustid.get_submission_status("any", submission)["submissions"][0]
        equal(submission, state["id"], "id of a submission")
        if state["status"] == "imported":
            return state["result"]["id"]
        equal("pending", state["status"], "status of a submission")
        time.sleep(0.1)


acoustid.set_base_url(URL)
acoustid.REQUEST_INTERVAL = 0
duration, known = fingerprint(KNOWN)
equal([], matches(KNOWN), "before anything was submitted")
entry = {"duration": duration, "fingerprint": known, "mbid": MBID,
         "track": "S\u00f8ng", "artist": "Some & Co", "album": "All", "year": 2001}
first, second = submitted([entry, dict(entry, mbid=MBID.replace("9", "8"))])
equal(first, second, "the same music twice")

equal([(1.0, MBID.replace("9", "8"), None, None), (1.0, MBID, None, None)], matches(KNOWN),
      "recordings")
everything = acoustid.lookup("any", known, duration, ["usermeta", "recordings", "releases"])
equal("ok", everything["status"], "status")
equal([first], [one["id"] for one in everything["results"]], "tracks")
said = [one for one in everything["results"][0]["recordings"] if "title" in one]
equal([{"title": "S\u00f8ng", "artists": [{"name": "Some & Co"}]}],
      [{key: one[key] for key in ("title", "artists")} for one in said], "what users said")
equal([], matches(UNKNOWN), "what nobody has submitted")

equal(3, acoustid.lookup("any", "no fingerprint", 100)["error"]["code"], "error")
try:
    list(acoustid.parse_lookup_result(acoustid.lookup("", known, duration)))
    raise SystemExit("FAILED: an error reads as a result")
except acoustid.WebServiceError:
    pass
try:
    acoustid.submit("any", "me", {"duration": 0, "fingerprint": known})
    raise SystemExit("FAILED: no duration, and it is taken")
except acoustid.WebServiceError as error:
    equal(True, "error 2: " in str(error), f"its code ({error})")
print("all well")
