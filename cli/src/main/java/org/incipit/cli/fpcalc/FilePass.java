package org.incipit.cli.fpcalc;

import java.io.IOException;
import org.incipit.decoder.audio.AudioFormat;
import org.incipit.decoder.audio.DecodeException;
import org.incipit.decoder.audio.PcmSource;
import org.incipit.fingerprint.Algorithm;
import org.jspecify.annotations.Nullable;

/** One file after another, each from opening it to its last result. One thread at a time. */
final class FilePass {
  /** All went well. */
  static final int OK = 0;

  /** There is no result. */
  static final int FAILED = 2;

  /** There is a result, of what came before a decoding error. */
  static final int INCOMPLETE = 3;

  private final Options options;
  private final boolean twoThreads;
  private final short[] block = new short[BlockPipe.BLOCK_SAMPLES];

  /**
   * @param twoThreads whether a second thread fingerprints while this one decodes
   */
  FilePass(Options options, boolean twoThreads) {
    this.options = options;
    this.twoThreads = twoThreads;
  }

  /**
   * Fingerprints a file.
   *
   * @param name as bytes; {@code -} is standard input
   * @return {@link #OK}, {@link #FAILED} or {@link #INCOMPLETE}; errors have been reported
   * @throws IOException if a result cannot be written
   */
  int run(byte[] name, Report report) throws IOException {
    byte[] named = options.keepGoing() ? name : null;
    try {
      return fingerprint(name, named, report);
    } catch (FileException e) {
      report.error(ErrorLine.of(named, e.text()));
    } catch (RuntimeException | Error e) {
      report.error(ErrorLine.of(named, ErrorLine.internal(e)));
    }
    return FAILED;
  }

  /** The exit code of a run that had both. */
  static int worse(int one, int other) {
    return one == FAILED || other == FAILED ? FAILED : Math.max(one, other);
  }

  private int fingerprint(byte[] name, byte @Nullable [] named, Report report)
      throws FileException, IOException {
    long start = options.startSamples();
    double timestamp =
        options.timestamps() ? Clock.seconds() : start / (double) Algorithm.SAMPLE_RATE;
    ResultWriter results = new ResultWriter(options, report);
    BlockReceiver receiver = receiver(timestamp, results);
    try (PcmSource pcm = open(name)) {
      long millis = pcm.format().durationMillis();
      results.fileSeconds(millis == AudioFormat.UNKNOWN_DURATION ? 0 : millis / 1000.0);
      boolean failed = false;
      String failure = decode(pcm, start, receiver);
      receiver.end();
      if (failure != null) {
        report.error(ErrorLine.of(named, failure));
        failed = !options.ignoreErrors();
      }
      receiver.finish();
      return failed ? INCOMPLETE : OK;
    } finally {
      receiver.close();
    }
  }

  private BlockReceiver receiver(double timestamp, ResultWriter results) {
    if (!twoThreads) {
      return new Chunker(options, timestamp, results);
    }
    ChunkerThread thread = new ChunkerThread(options, timestamp, results);
    thread.start();
    return thread;
  }

  private PcmSource open(byte[] name) throws FileException {
    try {
      return Audio.open(name, options);
    } catch (DecodeException e) {
      throw new FileException(String.valueOf(e.getMessage()));
    }
  }

  /**
   * Passes on what the options want of the stream.
   *
   * @return what a decoder says that fails on the way, or null
   */
  private @Nullable String decode(PcmSource pcm, long start, BlockReceiver receiver)
      throws FileException, IOException {
    long skip = start;
    long limit = options.lengthSamples();
    long left = limit;
    while (true) {
      int read;
      try {
        read = pcm.read(block, 0, block.length);
      } catch (DecodeException e) {
        return e.getMessage();
      }
      if (read < 0) {
        return null;
      }
      int skipped = (int) Math.min(skip, read);
      skip -= skipped;
      int wanted = read - skipped;
      boolean enough = limit > 0 && wanted > left;
      if (enough) {
        wanted = (int) left;
      }
      left -= wanted;
      if (wanted > 0) {
        receiver.block(block, skipped, wanted);
      }
      if (enough) {
        return null;
      }
    }
  }
}
