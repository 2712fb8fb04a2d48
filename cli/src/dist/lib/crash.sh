#!/bin/sh
# crash.sh PID: started by a JVM that crashes, which can only happen inside FFmpeg; says over which
# file, as far as Linux tells.
home=$(cd "${0%/*}/.." && pwd -P)
echo "ERROR: Java crashed; these files were open:" >&2
for link in /proc/"$1"/fd/*; do
  file=$(readlink "$link")
  case $link:$file in
    */fd/1:* | */fd/2:*) ;;
    *:"$home"/* | *:*/lib/modules | *:*.so | *:*.so.* | *:/dev/*) ;;
    *:/*) echo "ERROR:   $file" >&2 ;;
  esac
done
