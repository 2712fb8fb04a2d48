#!/bin/sh
# httpbin-curl.sh PORT: talks to `incipit httpbin` with curl.
base=http://127.0.0.1:$1

fail() {
  echo "FAILED: $*" >&2
  exit 1
}

# status EXPECTED ARGUMENT...
status() {
  expected=$1
  shift
  got=$(curl -s -m 60 -o body -w '%{http_code}' "$@") || fail "curl $*: exit $?"
  [ "$got" = "$expected" ] || fail "curl $*: $got in place of $expected"
}

# holds TEXT ARGUMENT...: status 200 and a body with the text
holds() {
  text=$1
  shift
  status 200 "$@"
  grep -qF -- "$text" body || fail "curl $*: no $text in $(cat body)"
}

head -c 3000000 /dev/urandom >sent
holds '"User-Agent" : "curl/' "$base/headers"
holds '"user-agent" : "tester"' -A tester "$base/user-agent"
holds '"ab" : "c&d e"' -G --data-urlencode 'ab=c&d e' "$base/get"
holds '"form" : {' -d 'x=1&x=2' "$base/post"
holds '"x" : [ "1", "2" ]' -d 'x=1&x=2' "$base/post"
echo content >file
holds '"up" : "content\n"' -F field=value -F up=@file "$base/post"
holds '"field" : "value"' -F field=value -F up=@file "$base/post"
holds '"method" : "PATCH"' -X PATCH -d '{"a":1}' -H 'Content-Type: application/json' "$base/anything/x"
holds '"gzipped" : true' --compressed "$base/gzip"
holds '"url"' -L "$base/redirect/3"
holds '"k" : "v"' -L -c jar -b jar "$base/cookies/set?k=v"
holds '"X-Many"' -H 'X-Many: 1' -H 'X-Many: 2' "$base/headers"

for code in 200 204 301 304 404 418 429 500 503; do
  status $code "$base/status/$code"
done
status 405 -X DELETE "$base/get"
status 404 "$base/none"
status 200 -I "$base/html"
status 204 -X OPTIONS "$base/get"
status 501 -X BREW "$base/get"

# With 100-continue, by length and in chunks, in HTTP/1.0, and to a path of no route.
status 200 --data-binary @sent "$base/echo"
cmp -s sent body || fail "another body came back"
status 200 -H 'Expect: 100-continue' --data-binary @sent "$base/"
cmp -s sent body || fail "another body came back after 100-continue"
status 200 -H 'Transfer-Encoding: chunked' --data-binary @sent "$base/any"
cmp -s sent body || fail "another body came back in chunks"
status 200 -0 --data-binary @sent "$base/echo"
cmp -s sent body || fail "another body came back with HTTP/1.0"
status 417 -H 'Expect: magic' -d x "$base/echo"
gzip -c file >file.gz
status 200 -H 'Content-Encoding: gzip' --data-binary @file.gz "$base/echo"
cmp -s file body || fail "a packed body was not unpacked"

# Many on one connection.
[ "$(curl -s -m 60 -o /dev/null -w '%{num_connects}' "$base/get" --next -s -o /dev/null \
  -w '%{num_connects}' "$base/bytes/100000" --next -s -o /dev/null -w '%{num_connects}' \
  "$base/status/404" --next -s -o /dev/null -w '%{num_connects}' "$base/stream/3")" = 1000 ] ||
  fail "a connection was not used again"

[ "$(curl -sN -m 60 "$base/sse?count=3" | grep -c '^data:')" = 3 ] || fail "three events"
[ "$(curl -s -m 60 --limit-rate 2M "$base/bytes/3000000" | wc -c)" = 3000000 ] || fail "slowly"
curl -s -m 60 -r 0-9 -o body "$base/bytes/100" || fail "with a range"
echo "all well"
