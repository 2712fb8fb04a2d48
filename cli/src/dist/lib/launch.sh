# Sourced by the programs in bin/ with $home set to the distribution's folder. Every process started
# here costs a user about a millisecond: usually it is one, for the checksums.

needed=25
located=

# Whether folder $1 holds a Java that is new enough.
is_jdk() {
  [ -x "$1/bin/java" ] && [ -r "$1/release" ] || return 1
  while IFS= read -r line; do
    case $line in
      JAVA_VERSION=*)
        version=${line#*\"}
        version=${version%%[!0-9]*}
        [ "${version:-0}" -ge $needed ]
        return
        ;;
    esac
  done <"$1/release"
  return 1
}

# Whether folder $1 is where the java on the PATH is.
is_on_path() {
  [ "$1/bin/java" -ef "$java" ]
}

# Sets jdk to the first of the usual folders that passes test $1.
usual_folder() {
  user=${HOME:-/nonexistent}
  for jdk in /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /usr/local/java/* /usr/local/jdk* \
    /opt/* /opt/java/* /opt/jdk/* /opt/jvm/* /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    "$user"/.sdkman/candidates/java/* "$user"/.jdks/* "$user"/.asdf/installs/java/* \
    "$user"/.local/share/mise/installs/java/* /Library/Java/JavaVirtualMachines/*/Contents/Home \
    "$user"/Library/Java/JavaVirtualMachines/*/Contents/Home; do
    if "$1" "$jdk"; then return; fi
  done
  return 1
}

# Sets jdk to the folder of the java on the PATH.
jdk_on_path() {
  java=
  IFS=:
  for folder in $PATH; do
    if [ -x "$folder/java" ]; then
      java=$folder/java
      break
    fi
  done
  unset IFS
  [ -n "$java" ] || return 1
  if [ -h "$java" ]; then
    usual_folder is_on_path && return
    java=$(readlink -f "$java") || return 1
  fi
  jdk=${java%/bin/java}
}

# Sets jdk to the first folder that will do.
find_jdk() {
  for jdk in "${JAVA_HOME:-}" "${JDK_HOME:-}"; do
    if [ -n "$jdk" ] && is_jdk "$jdk"; then return; fi
  done
  if jdk_on_path && is_jdk "$jdk"; then return; fi
  usual_folder is_jdk && return
  echo "ERROR: Java $needed or newer is needed and was not found; set JAVA_HOME to its folder" >&2
  exit 2
}

# Sets classes to the class path of fpcalc, jars to a checksum of them, and cache to the name of the
# class cache for exactly these jars and this JDK: Java itself does not notice that a jar was replaced, and would go on
# running what the cache holds of it.
name_cache() {
  set -- cli fingerprint-core decoder ffmpeg javacpp JTransforms JLargeArrays
  classes=
  for jar; do
    classes=$classes:$home/lib/$jar.jar
    set -- "$@" "$home/lib/$jar.jar"
    shift
  done
  classes=${classes#:}
  sums=$(cksum "$@" "$jdk/release" 2>/dev/null)
  key=0
  jars=0
  IFS='
'
  for line in $sums; do
    sum=${line%% *}
    case $sum in
      *[!0-9]*) ;;
      *)
        jars=$key
        key=$(((key * 1000003 + sum) % 1099511627689))
        ;;
    esac
  done
  unset IFS
  cache=$home/lib/fpcalc-$jars-$key.aot
  located=yes
}

# Becomes Java with the arguments. What the JVM has to say goes to standard error (but for the first
# lines about a crash, which go to standard output), and nothing is written anywhere: no performance
# data, no crash file, no unpacked libraries. The class cache is mapped where it was made for, since
# moving it takes 6 ms.
#
# The locale is for the JVM's own files: under LC_ALL=C it would not find jars below a folder whose
# name is not ASCII. The names of audio files are bytes and do not depend on it.
run_java() {
  unset JAVA_TOOL_OPTIONS JDK_JAVA_OPTIONS _JAVA_OPTIONS
  case $home in
    *:*)
      echo "ERROR: Java cannot run from a folder with a colon in its name: $home" >&2
      exit 2
      ;;
  esac
  ulimit -c 0
  # A closed standard input would become the first file that Java opens.
  { : <&0; } 2>/dev/null || exec </dev/null
  # Java cuts the command at semicolons, and a shell reads it.
  case $home in
    *[\'\;%]*) ;;
    *) set -- "-XX:OnError='$home/lib/crash.sh' %p" "$@" ;;
  esac
  LC_ALL=C.UTF-8 exec "$jdk/bin/java" -XX:+UseSerialGC -XX:-UsePerfData -Xlog:disable \
    -XX:+DisplayVMOutputToStderr -XX:ErrorFile=/dev/null \
    -XX:+IgnoreUnrecognizedVMOptions -XX:+UnlockDiagnosticVMOptions -XX:ArchiveRelocationMode=0 \
    --enable-native-access=ALL-UNNAMED "-Dorg.incipit.natives=$home/lib/native" \
    -Dorg.bytedeco.javacpp.loadlibraries=false -Dorg.bytedeco.javacpp.nopointergc=true \
    -Dorg.bytedeco.javacpp.maxBytes=0 -Dorg.bytedeco.javacpp.maxPhysicalBytes=0 "$@"
}

# run_fpcalc NAME ARGUMENT...: NAME is what the usage text calls the program.
run_fpcalc() {
  name=$1
  shift
  [ -n "$located" ] || { find_jdk && name_cache; }
  # Compiling well pays only where many files are done in one call. For a few, the transform is
  # compiled before its first frame, which saves 10 ms of interpreting it.
  files=0
  value=
  for argument; do
    if [ -n "$value" ]; then
      value=
      continue
    fi
    case $argument in
      -format | -f | -rate | -r | -channels | -c | -length | -t | -chunk | -algorithm | -a | \
        -start | -threads) value=next ;;
      -?*) ;;
      *) files=$((files + 1)) ;;
    esac
  done
  set -- -cp "$classes" "-Dincipit.argv0=$name" org.incipit.cli.fpcalc.Fpcalc "$@"
  if [ $files -lt 8 ]; then
    set -- -XX:TieredStopAtLevel=1 -XX:CompileCommand=quiet \
      "-XX:CompileCommand=CompileThresholdScaling,org.jtransforms.utils.CommonUtils::*,0.01" "$@"
  fi
  if [ -r "$cache" ]; then
    set -- "-XX:AOTCache=$cache" "$@"
  fi
  run_java -Xms24m -Xmn12m -Xmx512m "$@"
}

# run_httpbin ARGUMENT...: the example of the HTTP layer, which is no part of the commands.
run_httpbin() {
  [ -n "$located" ] || find_jdk
  run_java -XX:-UseSerialGC -XX:+UseG1GC --sun-misc-unsafe-memory-access=allow \
    -cp "$home/lib/benchmarks.jar:$home/lib/*" org.incipit.benchmarks.httpbin.Httpbin "$@"
}

# run_incipit NAME ARGUMENT...
run_incipit() {
  if [ "$2" = fpcalc ]; then
    name="$1 fpcalc"
    shift 2
    run_fpcalc "$name" "$@"
  elif [ "$2" = httpbin ]; then
    shift 2
    run_httpbin "$@"
  fi
  name=$1
  shift
  [ -n "$located" ] || find_jdk
  command=${1:-}
  set -- -cp "$home/lib/cli.jar:$home/lib/*" "-Dincipit.argv0=$name" \
    "-Dorg.sqlite.lib.path=$home/lib/native" org.incipit.cli.Incipit "$@"
  if [ "$command" = serve ]; then
    # Runs long, on all cores. Options for Java itself, -Xmx4g say, are words of one variable.
    # shellcheck disable=SC2086
    set -- -XX:-UseSerialGC -XX:+UseG1GC -XX:+ExitOnOutOfMemoryError \
      --sun-misc-unsafe-memory-access=allow "-Djava.library.path=$home/lib/native" \
      ${INCIPIT_JAVA_OPTIONS:-} "$@"
  elif [ "$command" != lookup ] && [ "$command" != submit ]; then
    # Compiling well pays where many files are decoded.
    set -- -XX:TieredStopAtLevel=1 "$@"
  fi
  run_java "$@"
}
