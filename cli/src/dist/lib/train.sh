#!/bin/sh
# train.sh FILE...: makes the class cache of fpcalc for the JDK that bin/fpcalc would use, from what
# it loads while it fingerprints these files. Run it again after changing a jar or the JDK.
home=$(cd "${0%/*}/.." && pwd)
. "$home/lib/launch.sh"
find_jdk
name_cache
rm -f "$home"/lib/fpcalc-*.aot
(
  run_java -XX:TieredStopAtLevel=1 -Xms24m -Xmn12m -Xmx512m "-XX:AOTCacheOutput=$cache" \
    -cp "$classes" org.incipit.cli.fpcalc.Fpcalc -keep-going -json "$@"
) >/dev/null 2>&1
if [ ! -s "$cache" ]; then
  echo "ERROR: no class cache came out of $jdk" >&2
  exit 2
fi
