package org.incipit.fingerprint;

import java.nio.FloatBuffer;
import java.nio.ShortBuffer;
import java.util.Objects;
import org.incipit.fingerprint.chroma.ChromaFilter;
import org.incipit.fingerprint.chroma.ChromaFolder;
import org.incipit.fingerprint.chroma.ChromaNormalizer;
import org.incipit.fingerprint.classify.ClassifierTable;
import org.incipit.fingerprint.classify.ImageClassifier;
import org.incipit.fingerprint.pcm.MonoMixer;
import org.incipit.fingerprint.pcm.PcmSink;
import org.incipit.fingerprint.pcm.Resampler;
import org.incipit.fingerprint.pcm.SilenceRemover;
import org.incipit.fingerprint.spectrum.Framer;
import org.incipit.fingerprint.spectrum.RealFft;
import org.jspecify.annotations.Nullable;

/**
 * Computes the fingerprint of one audio stream after another: {@link #start}, any number of feeds,
 * {@link #finish}, and again. The result is that of libchromaprint 1.6.1 and does not depend on how
 * the audio is cut into feeds.
 *
 * <p>A feed does only the work that its samples bring. It takes no lock, does no I/O, loads no
 * class and allocates nothing, unless more is collected than was {@linkplain
 * Builder#capacitySeconds reserved}. A sub-fingerprint is delivered in the feed that brings its
 * last sample: {@link Algorithm#delay()} + {@link Algorithm#itemDuration()} samples at 11 025 Hz
 * after its own start, plus half a filter length when the stream has another rate.
 *
 * <p>Not thread-safe: one instance per thread, reusable for any number of streams.
 */
public final class Fingerprinter {
  /** Highest sample rate, in Hz: beyond it a position in the resampler leaves 32 bits. */
  public static final int MAX_SAMPLE_RATE = 8_388_607;

  /** Sample rates must be above this, in Hz. */
  public static final int MIN_SAMPLE_RATE_EXCLUSIVE = 1000;

  private final Algorithm algorithm;
  private final @Nullable SubFingerprintSink sink;
  private final @Nullable ItemBuffer collected;

  private final MonoMixer mixer;
  private final Resampler resampler;
  private final SilenceRemover silenceRemover;
  private final Framer framer;
  private final ChromaFilter chromaFilter;
  private final ImageClassifier classifier;

  /** Whether there is a stream to feed; not while a feed is under way, and not after one failed. */
  private boolean started;

  private boolean busy;
  private boolean resampling;
  private long framedSamples;
  private long items;

  /** A fingerprinter that collects, with room for 120 s reserved. */
  public Fingerprinter(Algorithm algorithm) {
    this(builder(algorithm));
  }

  /** A fingerprinter that keeps nothing: all goes to the sink, and the stream may run for ever. */
  public Fingerprinter(Algorithm algorithm, SubFingerprintSink sink) {
    this(builder(algorithm).sink(sink).collect(false));
  }

  private Fingerprinter(Builder builder) {
    algorithm = builder.algorithm;
    sink = builder.sink;
    collected =
        builder.collect
            ? new ItemBuffer(
                (int) algorithm.itemCount((long) builder.capacitySeconds * Algorithm.SAMPLE_RATE))
            : null;

    // The whole chain, from its end.
    classifier = new ImageClassifier(tableOf(algorithm), this::deliver);
    chromaFilter = new ChromaFilter(new ChromaNormalizer(classifier));
    int frameSize = algorithm.frameSize();
    ChromaFolder folder = new ChromaFolder(frameSize, Algorithm.SAMPLE_RATE, chromaFilter);
    RealFft fft = fft(builder.fftEngine, frameSize);
    framer = new Framer(frameSize, algorithm.itemDuration(), fft, folder);
    silenceRemover = new SilenceRemover(builder.silenceThreshold, this::frame);
    PcmSink atTargetRate = algorithm.removesSilence() ? silenceRemover : this::frame;
    resampler = new Resampler(atTargetRate);
    mixer =
        new MonoMixer((samples, from, count) ->
            (resampling ? resampler : atTargetRate).pcm(samples, from, count));
  }

  /** Further choices: capacity, sink, silence threshold, engine. */
  public static Builder builder(Algorithm algorithm) {
    return new Builder(algorithm);
  }

  public Algorithm algorithm() {
    return algorithm;
  }

  /**
   * Begins a new stream and forgets everything about the one before.
   *
   * @param sampleRate above 1000 Hz, at most {@link #MAX_SAMPLE_RATE}
   * @param channels at least 1
   * @throws IllegalArgumentException otherwise; the stream before stays as it was
   */
  public void start(int sampleRate, int channels) {
    if (channels < 1) {
      throw new IllegalArgumentException("channels must be at least 1 (got " + channels + ")");
    }
    if (sampleRate <= MIN_SAMPLE_RATE_EXCLUSIVE || sampleRate > MAX_SAMPLE_RATE) {
      throw new IllegalArgumentException(
          "sampleRate must be above 1000 Hz and at most "
              + MAX_SAMPLE_RATE
              + " Hz (got "
              + sampleRate
              + ")");
    }
    requireOutsideSink();
    resampling = sampleRate != Algorithm.SAMPLE_RATE;
    if (resampling) {
      resampler.start(sampleRate);
    }
    mixer.start(channels);
    silenceRemover.reset();
    framer.reset();
    chromaFilter.reset();
    classifier.reset();
    framedSamples = 0;
    items = 0;
    if (collected != null) {
      collected.clear();
    }
    started = true;
  }

  /**
   * Takes interleaved 16-bit samples; a last frame that is not whole is completed by the next feed.
   *
   * <p>If a sink throws, so does the feed, and the stream is over: it must be started again.
   *
   * @throws IllegalStateException without a stream, or when called by the sink of this one
   */
  public void feed(short[] interleaved, int offset, int length) {
    checkRange(interleaved.length, offset, length);
    enter();
    try {
      mixer.feed(interleaved, offset, length);
      started = true;
    } finally {
      busy = false;
    }
  }

  /** As {@link #feed(short[], int, int)}, all of the array. */
  public void feed(short[] interleaved) {
    feed(interleaved, 0, interleaved.length);
  }

  /**
   * As {@link #feed(short[], int, int)}, from the buffer's position to its limit, which become
   * equal. The buffer may be direct; it is copied block by block without allocating.
   */
  public void feed(ShortBuffer interleaved) {
    enter();
    try {
      mixer.feed(interleaved);
      started = true;
    } finally {
      busy = false;
    }
  }

  /**
   * Takes interleaved floating-point samples, full scale ±1: each becomes the nearest 16-bit sample
   * of 32768 times its value, cut off at the ends; NaN becomes 0.
   */
  public void feed(float[] interleaved, int offset, int length) {
    checkRange(interleaved.length, offset, length);
    enter();
    try {
      mixer.feed(interleaved, offset, length);
      started = true;
    } finally {
      busy = false;
    }
  }

  /** As {@link #feed(float[], int, int)}, all of the array. */
  public void feed(float[] interleaved) {
    feed(interleaved, 0, interleaved.length);
  }

  /**
   * Takes floating-point samples with each channel in a buffer of its own, as JACK and ASIO deliver
   * them, converted as by {@link #feed(float[], int, int)}.
   *
   * @param channels one buffer for each channel of the stream; {@code frames} samples are consumed
   *     from each
   * @throws IllegalArgumentException if the number of buffers is not that of the channels, a buffer
   *     holds fewer than {@code frames} or is there twice, or an interleaved feed left a frame half
   *     full; nothing has been taken then, and the stream goes on
   */
  public void feed(FloatBuffer[] channels, int frames) {
    requireStream();
    mixer.requirePlanes(channels, frames);
    enter();
    try {
      mixer.feedPlanar(channels, frames);
      started = true;
    } finally {
      busy = false;
    }
  }

  /**
   * Ends the stream as libchromaprint does: nothing is padded, and when upsampling the original
   * loses the end that its buffer cannot hold, so the fingerprint is cut to what it would be there
   * (a sink may have received a few more). Feeding on afterwards continues the same stream.
   *
   * @return what was collected since {@link #start} or {@link #clear}; empty if nothing is
   *     collected
   */
  public Fingerprint finish() {
    if (!started || !resampling) {
      requireOutsideSink();
      return fingerprint();
    }
    enter();
    try {
      resampler.finish();
      started = true;
    } finally {
      busy = false;
    }
    if (collected == null) {
      return fingerprint();
    }
    long beyondOriginal = resampler.outputs() - resampler.originalOutputs();
    long originalItems = algorithm.itemCount(framedSamples - beyondOriginal);
    long visible = collected.size() - (items - originalItems);
    return collected.first((int) Math.max(visible, 0), algorithm.id());
  }

  /** What was collected up to now, without ending anything. */
  public Fingerprint fingerprint() {
    return collected == null
        ? Fingerprint.of(algorithm)
        : collected.first(collected.size(), algorithm.id());
  }

  /** Forgets the sub-fingerprints collected; the stream goes on. */
  public void clear() {
    if (collected != null) {
      collected.clear();
    }
  }

  private void frame(short[] samples, int from, int count) {
    framedSamples += count;
    framer.pcm(samples, from, count);
  }

  private void deliver(int item) {
    items++;
    if (collected != null) {
      collected.add(item);
    }
    if (sink != null) {
      sink.subFingerprint(item);
    }
  }

  /** Until the stream is started again if what follows fails: samples may have been lost in it. */
  private void requireStream() {
    requireOutsideSink();
    if (!started) {
      throw new IllegalStateException("no stream: start first, also after a feed that failed");
    }
  }

  private void enter() {
    requireStream();
    started = false;
    busy = true;
  }

  private void requireOutsideSink() {
    if (busy) {
      throw new IllegalStateException("a sink must not use the fingerprinter that calls it");
    }
  }

  private static void checkRange(int size, int offset, int length) {
    if (offset < 0 || length < 0 || offset > size - length) {
      throw new IndexOutOfBoundsException(
          "offset " + offset + ", length " + length + " of " + size + " samples");
    }
  }

  private static ClassifierTable tableOf(Algorithm algorithm) {
    return algorithm == Algorithm.TEST1 ? ClassifierTable.TEST1 : ClassifierTable.TEST2;
  }

  private static RealFft fft(FftEngine engine, int frameSize) {
    int firstBin = ChromaFolder.firstBin(frameSize, Algorithm.SAMPLE_RATE);
    int endBin = ChromaFolder.endBin(frameSize, Algorithm.SAMPLE_RATE);
    return switch (engine) {
      case VECTORISED -> RealFft.vectorised(frameSize, firstBin, endBin);
      case JTRANSFORMS -> RealFft.jtransforms(frameSize, firstBin, endBin);
    };
  }

  /** Choices before a {@link Fingerprinter} is built. */
  public static final class Builder {
    private static final int DEFAULT_CAPACITY_SECONDS = 120;
    private static final int DEFAULT_SILENCE_THRESHOLD = 50;
    private static final int MAX_CAPACITY = Integer.MAX_VALUE - 8;

    private final Algorithm algorithm;
    private @Nullable SubFingerprintSink sink;
    private boolean collect = true;
    private int capacitySeconds = DEFAULT_CAPACITY_SECONDS;
    private int silenceThreshold = DEFAULT_SILENCE_THRESHOLD;
    private FftEngine fftEngine = FftEngine.VECTORISED;

    private Builder(Algorithm algorithm) {
      this.algorithm = Objects.requireNonNull(algorithm, "algorithm");
    }

    /** Receives every sub-fingerprint in the feed that completes it. */
    public Builder sink(SubFingerprintSink receiver) {
      sink = Objects.requireNonNull(receiver, "sink");
      return this;
    }

    /** Whether the result is kept for {@link Fingerprinter#finish()}; by default it is. */
    public Builder collect(boolean keep) {
      collect = keep;
      return this;
    }

    /**
     * Audio in seconds for whose result room is reserved; longer streams grow it while they are
     * fed. 120 by default.
     */
    public Builder capacitySeconds(int seconds) {
      if (seconds < 0) {
        throw new IllegalArgumentException("capacity must not be negative (got " + seconds + " s)");
      }
      if (algorithm.itemCount((long) seconds * Algorithm.SAMPLE_RATE) > MAX_CAPACITY) {
        throw new IllegalArgumentException(
            "capacity does not fit an array (got " + seconds + " s)");
      }
      capacitySeconds = seconds;
      return this;
    }

    /**
     * The mean absolute sample value, 0..32767, above which audio is no longer leading silence; 50
     * by default.
     *
     * @throws IllegalArgumentException if the algorithm does not {@linkplain
     *     Algorithm#removesSilence() remove silence}, or the value is out of range
     */
    public Builder silenceThreshold(int threshold) {
      if (!algorithm.removesSilence()) {
        throw new IllegalArgumentException(algorithm + " does not remove silence");
      }
      if (threshold < 0 || threshold > Short.MAX_VALUE) {
        throw new IllegalArgumentException(
            "silence threshold must be 0..32767 (got " + threshold + ")");
      }
      silenceThreshold = threshold;
      return this;
    }

    /** The Fourier transform to use; {@link FftEngine#VECTORISED} by default. */
    public Builder fftEngine(FftEngine engine) {
      fftEngine = Objects.requireNonNull(engine, "engine");
      return this;
    }

    /**
     * The fingerprinter.
     *
     * @throws IllegalStateException if nothing is collected and there is no sink either
     */
    public Fingerprinter build() {
      if (!collect && sink == null) {
        throw new IllegalStateException("a fingerprinter needs a sink or must collect");
      }
      return new Fingerprinter(this);
    }
  }
}
