#!/bin/sh
# train.sh FILE...: makes the class cache of fpcalc for the JDK that bin/fpcalc would use, from what
# it loads while it fingerprints these files. Run it again after changing a jar or the JDK.
unset CDPATH
case $0 in */*) home=${0%/*}/.. ;; *) home=.. ;; esac
home=$(cd "$home" && pwd)
. "$home/lib/launch.sh"
find_jdk
name_cache
made=$cache.$$
trap 'rm -f "$made"' EXIT
trap 'exit 130' INT TERM
(
  run_java -XX:TieredStopAtLevel=1 -Xms24m -Xmn12m -Xmx512m "-XX:AOTCacheOutput=$made" \
    -cp "$classes" org.incipit.cli.fpcalc.Fpcalc -keep-going -json "$@"
) >/dev/null 2>&1
if [ ! -s "$made" ]; then
  # So that nobody tries again at every call.
  : >"${cache%.aot}.none"
  echo "ERROR: no class cache came out of $jdk" >&2
  exit 2
fi
# Nobody ever reads half a cache. Those of other jars are of no use; those of other JDKs are.
for old in "$home"/lib/fpcalc-*.aot "$home"/lib/fpcalc-*.none; do
  case $old in
    "$home/lib/fpcalc-$jars"-*) ;;
    *) rm -f "$old" ;;
  esac
done
mv "$made" "$cache"
