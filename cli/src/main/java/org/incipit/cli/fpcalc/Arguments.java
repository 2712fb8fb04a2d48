package org.incipit.cli.fpcalc;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of the process as the bytes that the shell passed. Java hands them over as strings
 * in the encoding of the locale, and what that cannot hold is lost: under {@code LC_ALL=C} every
 * byte above 127. Linux keeps the originals in {@code /proc}; elsewhere the strings are encoded
 * again.
 */
final class Arguments {
  private static final String COMMAND_LINE = "/proc/self/cmdline";

  private Arguments() {}

  /** The bytes of each of {@code args}, the last arguments that {@code main} was given. */
  static byte[][] exact(String[] args) {
    byte[][] exact = null;
    try (FileInputStream in = new FileInputStream(COMMAND_LINE)) {
      exact = last(in.readAllBytes(), args);
    } catch (IOException e) {
      // Not Linux, or /proc is not mounted: the strings are all there is.
    }
    return exact != null ? exact : encoded(args);
  }

  /**
   * The last arguments of a command line whose parts each end with a zero byte. They are ours:
   * after the main class the Java launcher passes everything on, one for one.
   *
   * @return null if the command line does not end with {@code args}
   */
  static byte @Nullable [][] last(byte[] commandLine, String[] args) {
    byte[][] parts = new byte[args.length][];
    int end = commandLine.length - 1;
    for (int i = args.length - 1; i >= 0; i--) {
      if (end < 0 || commandLine[end] != 0) {
        return null;
      }
      int begin = end;
      while (begin > 0 && commandLine[begin - 1] != 0) {
        begin--;
      }
      parts[i] = Arrays.copyOfRange(commandLine, begin, end);
      if (isAscii(parts[i]) && !isSame(parts[i], args[i])) {
        return null;
      }
      end = begin - 1;
    }
    return parts;
  }

  private static byte[][] encoded(String[] args) {
    String name = System.getProperty("sun.jnu.encoding");
    Charset charset =
        name != null && Charset.isSupported(name)
            ? Charset.forName(name)
            : Charset.defaultCharset();
    byte[][] bytes = new byte[args.length][];
    for (int i = 0; i < args.length; i++) {
      bytes[i] = args[i].getBytes(charset);
    }
    return bytes;
  }

  private static boolean isAscii(byte[] text) {
    for (byte each : text) {
      if (each < 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean isSame(byte[] ascii, String text) {
    if (ascii.length != text.length()) {
      return false;
    }
    for (int i = 0; i < ascii.length; i++) {
      if (ascii[i] != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
