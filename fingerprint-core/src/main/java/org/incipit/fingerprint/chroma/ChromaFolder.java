package org.incipit.fingerprint.chroma;

import org.incipit.fingerprint.spectrum.SpectrumSink;

/**
 * Folds a power spectrum into twelve pitch classes: the energy of every bin from 28 to 3520 Hz goes
 * to the class of its frequency, A = 27.5 Hz · 2^n first.
 *
 * <p>A class adds up its bins from the lowest, as the original does, so that the rounding is the
 * same. Classes do not touch each other: four are added up at a time, which keeps four additions
 * under way instead of one.
 */
public final class ChromaFolder implements SpectrumSink {
  /** Pitch classes in an octave. */
  public static final int CLASSES = 12;

  private static final int MIN_FREQUENCY = 28;
  private static final int MAX_FREQUENCY = 3520;
  private static final double LOWEST_A = 440.0 / 16;
  private static final double LOG_2 = Math.log(2.0);
  private static final int LANES = 4;

  private final int[][] binsOfClass;
  private final double[] row = new double[CLASSES];
  private final ChromaSink next;

  /**
   * @param frameSize samples of a frame; spectra have {@code frameSize / 2 + 1} bins
   * @param sampleRate of the frames, in Hz
   */
  public ChromaFolder(int frameSize, int sampleRate, ChromaSink next) {
    this(
        firstBin(frameSize, sampleRate),
        endBin(frameSize, sampleRate),
        frameSize,
        sampleRate,
        next);
  }

  ChromaFolder(int firstBin, int endBin, int frameSize, int sampleRate, ChromaSink next) {
    this.binsOfClass = binsOfClass(firstBin, endBin, frameSize, sampleRate);
    this.next = next;
  }

  /** The first bin that is looked at. */
  public static int firstBin(int frameSize, int sampleRate) {
    return Math.max(1, binOf(MIN_FREQUENCY, frameSize, sampleRate));
  }

  /** One more than the last bin that is looked at. */
  public static int endBin(int frameSize, int sampleRate) {
    return Math.min(frameSize / 2, binOf(MAX_FREQUENCY, frameSize, sampleRate));
  }

  @Override
  public void spectrum(double[] power) {
    for (int first = 0; first < CLASSES; first += LANES) {
      fold(power, first);
    }
    next.row(row);
  }

  private void fold(double[] power, int first) {
    int[] bins0 = binsOfClass[first];
    int[] bins1 = binsOfClass[first + 1];
    int[] bins2 = binsOfClass[first + 2];
    int[] bins3 = binsOfClass[first + 3];
    int common =
        Math.min(Math.min(bins0.length, bins1.length), Math.min(bins2.length, bins3.length));
    double sum0 = 0.0;
    double sum1 = 0.0;
    double sum2 = 0.0;
    double sum3 = 0.0;
    for (int i = 0; i < common; i++) {
      sum0 += power[bins0[i]];
      sum1 += power[bins1[i]];
      sum2 += power[bins2[i]];
      sum3 += power[bins3[i]];
    }
    row[first] = rest(power, bins0, common, sum0);
    row[first + 1] = rest(power, bins1, common, sum1);
    row[first + 2] = rest(power, bins2, common, sum2);
    row[first + 3] = rest(power, bins3, common, sum3);
  }

  private static double rest(double[] power, int[] bins, int from, double sum) {
    for (int i = from; i < bins.length; i++) {
      sum += power[bins[i]];
    }
    return sum;
  }

  /** Bins of each class, rising. */
  static int[][] binsOfClass(int firstBin, int endBin, int frameSize, int sampleRate) {
    int[] classes = new int[endBin];
    int[] counts = new int[CLASSES];
    for (int bin = firstBin; bin < endBin; bin++) {
      classes[bin] = classOf(bin, frameSize, sampleRate);
      counts[classes[bin]]++;
    }
    int[][] bins = new int[CLASSES][];
    for (int pitchClass = 0; pitchClass < CLASSES; pitchClass++) {
      bins[pitchClass] = new int[counts[pitchClass]];
    }
    int[] filled = new int[CLASSES];
    for (int bin = firstBin; bin < endBin; bin++) {
      int pitchClass = classes[bin];
      bins[pitchClass][filled[pitchClass]++] = bin;
    }
    return bins;
  }

  private static int classOf(int bin, int frameSize, int sampleRate) {
    double frequency = (double) bin * sampleRate / frameSize;
    double octave = Math.log(frequency / LOWEST_A) / LOG_2;
    return (int) (CLASSES * (octave - Math.floor(octave)));
  }

  private static int binOf(int frequency, int frameSize, int sampleRate) {
    return (int) Math.round((double) frameSize * frequency / sampleRate);
  }
}
