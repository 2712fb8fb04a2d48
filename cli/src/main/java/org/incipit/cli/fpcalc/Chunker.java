package org.incipit.cli.fpcalc;

import java.io.IOException;
import org.incipit.fingerprint.Algorithm;
import org.incipit.fingerprint.Fingerprint;
import org.incipit.fingerprint.Fingerprinter;

/**
 * Fingerprints one mono stream at 11 025 Hz, whole or in chunks. A chunk ends when a sample beyond
 * it arrives, so the last one ends with the stream. The results do not depend on how the stream is
 * cut into blocks.
 *
 * <p>Without overlap each chunk is a fingerprint of its own. With it the stream goes on: the first
 * chunk is longer by {@link Algorithm#delay()}, and all chunks joined are the sub-fingerprints of
 * the whole stream. One thread at a time.
 */
final class Chunker implements BlockReceiver {
  private final Options options;
  private final ResultSink results;
  private final long chunkSamples;
  private final double overlapSeconds;

  private Fingerprinter fingerprinter;
  private double timestamp;
  private long extraSamples;
  private long collected;
  private boolean anyChunk;

  /**
   * @param timestamp of the first sample
   */
  Chunker(Options options, double timestamp, ResultSink results) {
    this.options = options;
    this.results = results;
    this.timestamp = timestamp;
    chunkSamples = options.chunkSamples();
    boolean overlapping = chunkSamples > 0 && options.overlap();
    Algorithm algorithm = options.algorithm();
    extraSamples = overlapping ? algorithm.delay() : 0;
    overlapSeconds = overlapping ? algorithm.delayMillis() / 1000.0 : 0;
    fingerprinter = started(algorithm);
  }

  @Override
  public void block(short[] samples, int offset, int length) throws FileException, IOException {
    int from = offset;
    int left = length;
    while (left > 0) {
      long room = chunkSamples == 0 ? left : chunkSamples + extraSamples - collected;
      int taken = (int) Math.min(left, room);
      fingerprinter.feed(samples, from, taken);
      collected += taken;
      from += taken;
      left -= taken;
      if (left > 0) {
        completeChunk();
      }
    }
  }

  @Override
  public void end() {
    // Chunks have been passed on as they were completed.
  }

  @Override
  public void finish() throws FileException, IOException {
    if (collected > 0) {
      passOn();
    } else if (!anyChunk) {
      throw new FileException("Not enough audio data");
    }
  }

  private void completeChunk() throws FileException, IOException {
    double duration = passOn();
    timestamp = options.timestamps() ? Clock.seconds() : timestamp + duration;
    if (overlapSeconds > 0) {
      fingerprinter.clear();
      timestamp -= overlapSeconds;
    } else if (options.algorithm().removesSilence()) {
      // Only the silence before the first chunk is leading silence.
      fingerprinter = started(Algorithm.TEST2);
    } else {
      fingerprinter.start(Algorithm.SAMPLE_RATE, 1);
    }
    anyChunk = true;
    extraSamples = 0;
    collected = 0;
  }

  private double passOn() throws FileException, IOException {
    double duration = (collected - extraSamples) / (double) Algorithm.SAMPLE_RATE + overlapSeconds;
    Fingerprint fingerprint = fingerprinter.finish();
    int id = options.algorithm().id();
    if (fingerprint.algorithmId() != id) {
      fingerprint = Fingerprint.ofId(id, fingerprint.toArray());
    }
    if (!fingerprint.isEmpty()) {
      results.result(timestamp, duration, fingerprint);
    } else if (!anyChunk) {
      throw new FileException("Empty fingerprint");
    }
    return duration;
  }

  private Fingerprinter started(Algorithm algorithm) {
    Fingerprinter made = Fingerprinter.builder(algorithm).fftEngine(options.fft()).build();
    made.start(Algorithm.SAMPLE_RATE, 1);
    return made;
  }

  @Override
  public void close() {
    // Nothing but memory.
  }
}
