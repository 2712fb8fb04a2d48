package org.incipit.decoder.ffmpeg;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swresample;
import org.bytedeco.javacpp.Loader;
import org.jspecify.annotations.Nullable;

/**
 * The native libraries: avutil, swresample, avcodec, avformat and their bindings, loaded once, at
 * the first question.
 *
 * <p>If the system property {@value #NATIVES} names a folder, they are loaded from there, past
 * JavaCPP's loader and 100 ms faster than by it. Otherwise that loader unpacks them from the jars
 * with a platform classifier into its cache: the folder named by {@code
 * org.bytedeco.javacpp.cachedir}, else {@code ~/.javacpp}, else the temporary folder. avdevice and
 * avfilter are left alone: they need X11 and sound libraries of the system.
 *
 * <p>Loading changes what the whole process shares. FFmpeg's log level becomes quiet and its
 * largest single allocation 512 MiB, also for other users of the same libraries; unless they are
 * set already, the system property {@code org.bytedeco.javacpp.maxPhysicalBytes} becomes 0 (no
 * limit) and, with a folder named, {@code org.bytedeco.javacpp.loadlibraries} becomes false.
 */
public final class FfmpegLibraries {
  /** System property: a folder that holds the libraries unpacked. */
  public static final String NATIVES = "org.incipit.natives";

  /** A single allocation inside FFmpeg may have so many bytes, whatever a file's header asks. */
  static final long MAX_ALLOCATION = 512L << 20;

  /** In the order in which they need each other; the first three only exist on Linux. */
  private static final List<String> LIBRARIES =
      List.of(
          "drm",
          "va",
          "va-drm",
          "avutil",
          "swresample",
          "avcodec",
          "avformat",
          "jnijavacpp",
          "jniavutil",
          "jniswresample",
          "jniavcodec",
          "jniavformat");

  private FfmpegLibraries() {}

  /** Whether FFmpeg can decode here. Loads it at the first call. */
  public static boolean available() {
    return Loaded.PROBLEM == null;
  }

  /** Why FFmpeg cannot decode here and how to add it, or null if it can. */
  public static @Nullable String problem() {
    return Loaded.PROBLEM;
  }

  /**
   * Makes sure that FFmpeg is loaded.
   *
   * @throws IllegalStateException if it cannot be, with what is missing and how to add it
   */
  public static void require() {
    if (Loaded.PROBLEM != null) {
      throw new IllegalStateException(Loaded.PROBLEM);
    }
  }

  /**
   * The versions at hand as FFmpeg identifies them, such as {@code Lavc62.28.102}: codecs, formats,
   * resampler.
   *
   * @throws IllegalStateException if FFmpeg is not there
   */
  public static List<String> versions() {
    require();
    return List.of(
        ident("Lavc", avcodec.avcodec_version()),
        ident("Lavf", avformat.avformat_version()),
        ident("SwR", swresample.swresample_version()));
  }

  /**
   * Whether {@code name} is the short name of a container format, such as {@code s16le}.
   *
   * @throws IllegalStateException if FFmpeg is not there
   */
  public static boolean knowsFormat(String name) {
    require();
    return avformat.av_find_input_format(name) != null;
  }

  private static String ident(String name, int version) {
    return name + (version >>> 16) + "." + ((version >>> 8) & 0xff) + "." + (version & 0xff);
  }

  private static final class Loaded {
    static final @Nullable String PROBLEM = load();

    private static @Nullable String load() {
      String folder = System.getProperty(NATIVES);
      try {
        // A server maps far more than its heap; JavaCPP would take that for a leak and refuse.
        setUnlessSet("org.bytedeco.javacpp.maxPhysicalBytes", "0");
        if (folder != null) {
          setUnlessSet("org.bytedeco.javacpp.loadlibraries", "false");
          loadFrom(Path.of(folder));
        } else {
          Loader.load(avutil.class);
          Loader.load(swresample.class);
          Loader.load(avcodec.class);
          Loader.load(avformat.class);
        }
        avutil.av_log_set_level(avutil.AV_LOG_QUIET);
        avutil.av_max_alloc(MAX_ALLOCATION);
        // A call into each, so that a library that does not fit its binding is found out here.
        avcodec.avcodec_version();
        avformat.avformat_version();
        swresample.swresample_version();
        return null;
      } catch (LinkageError | IOException | RuntimeException e) {
        return folder != null
            ? "FFmpeg could not be loaded from " + folder + " (-D" + NATIVES + "): " + e
            : "FFmpeg is not there: put org.bytedeco:ffmpeg and org.bytedeco:javacpp on the class"
                + " path, each also with the classifier of this platform, such as linux-x86_64,"
                + " or name a folder of unpacked libraries by -D"
                + NATIVES
                + " ("
                + e
                + ")";
      }
    }

    private static void setUnlessSet(String property, String value) {
      if (System.getProperty(property) == null) {
        System.setProperty(property, value);
      }
    }

    private static void loadFrom(Path folder) throws IOException {
      List<Path> files = new ArrayList<>();
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder.toAbsolutePath())) {
        entries.forEach(files::add);
      }
      for (String library : LIBRARIES) {
        for (Path file : files) {
          if (isLibrary(file.getFileName().toString(), library)) {
            System.load(file.toString());
            break;
          }
        }
      }
    }

    /** Such as {@code libavutil.so.60}, {@code libavutil.60.dylib} or {@code avutil-60.dll}. */
    private static boolean isLibrary(String file, String library) {
      int start = file.startsWith("lib") ? 3 : 0;
      int end = start + library.length();
      if (!file.startsWith(library, start) || file.length() < end + 2) {
        return false;
      }
      char next = file.charAt(end);
      return next == '.' || (next == '-' && Character.isDigit(file.charAt(end + 1)));
    }
  }
}
