package org.incipit.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.SplittableRandom;

/**
 * Synthetic documents for the index: {@code IndexCorpus FILE DOCUMENTS [hot]} writes them, {@value
 * #TERMS} hashes each, as little-endian ints; document {@code i} has id {@code i + 1}.
 *
 * <p>A hash is made like a sub-fingerprint: fourteen classifiers of two bits, each with its own
 * favourite, the low four bits 0. The probabilities are chosen so that 100 000 documents have 7.6
 * million different hashes and a random posting sits in a list of 2.5; a million: 37 million and
 * 12.5. Three documents in ten are re-encodings of earlier ones. With {@code hot}, each of 20 more
 * hashes is in every tenth document.
 */
public final class IndexCorpus {
  /** Different hashes of a document, without the hot ones. */
  public static final int TERMS = 120;

  /** Hashes that are in every tenth document of the hot corpus. */
  public static final int HOT_TERMS = 20;

  private static final int DIGITS = 14;
  private static final int HALF = 1 << DIGITS;
  private static final double[] DIGIT_PROBABILITIES = {0.4144, 0.30, 0.22, 0.0656};
  private static final double KEPT_IN_REENCODING = 0.6;
  private static final long SEED = 4711;

  // The alias method: for either half of a hash, one of 2^14 values by its probability.
  private final int[] alias = new int[HALF];
  private final int[] threshold = new int[HALF];
  private final int favourites;

  public IndexCorpus() {
    favourites = new SplittableRandom(SEED).nextInt() << 4;
    double[] weights = new double[HALF];
    for (int value = 0; value < HALF; value++) {
      double probability = 1;
      for (int digit = 0; digit < DIGITS / 2; digit++) {
        probability *= DIGIT_PROBABILITIES[value >>> (2 * digit) & 3];
      }
      weights[value] = probability * HALF;
    }
    int[] small = new int[HALF];
    int[] large = new int[HALF];
    int smalls = 0;
    int larges = 0;
    for (int value = 0; value < HALF; value++) {
      if (weights[value] < 1) {
        small[smalls++] = value;
      } else {
        large[larges++] = value;
      }
    }
    while (smalls > 0 && larges > 0) {
      int less = small[--smalls];
      int more = large[--larges];
      threshold[less] = (int) (weights[less] * 65536);
      alias[less] = more;
      weights[more] -= 1 - weights[less];
      if (weights[more] < 1) {
        small[smalls++] = more;
      } else {
        large[larges++] = more;
      }
    }
    while (smalls > 0) {
      threshold[small[--smalls]] = 65536;
    }
    while (larges > 0) {
      threshold[large[--larges]] = 65536;
    }
  }

  private int half(int random) {
    int value = random & HALF - 1;
    return random >>> 16 < threshold[value] ? value : alias[value];
  }

  /** One hash, as all others are distributed. */
  public int hash(SplittableRandom random) {
    long bits = random.nextLong();
    int value = half((int) bits) << DIGITS | half((int) (bits >>> 32));
    return value << 4 ^ favourites;
  }

  /** The hashes of a track that nobody has heard before. */
  public int[] unknown(long track) {
    SplittableRandom random = new SplittableRandom(SEED + 31 * (track + 1));
    int[] hashes = new int[TERMS];
    for (int i = 0; i < TERMS; i++) {
      hashes[i] = hash(random);
    }
    return different(hashes, random);
  }

  /** The hashes of document {@code index}, from 0. */
  public int[] document(long index) {
    SplittableRandom random = new SplittableRandom(SEED ^ index * 0x9E3779B97F4A7C15L);
    if (index > 0 && random.nextInt(10) < 3) {
      return reencoded(document(random.nextLong(index)), random.nextLong());
    }
    return unknown(index);
  }

  /** What another encoding of the same track gives: most hashes are the same. */
  public int[] reencoded(int[] hashes, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] other = hashes.clone();
    for (int i = 0; i < other.length; i++) {
      if (random.nextDouble() >= KEPT_IN_REENCODING) {
        other[i] = hash(random);
      }
    }
    return different(other, random);
  }

  private int[] different(int[] hashes, SplittableRandom random) {
    for (int i = 1; i < hashes.length; i++) {
      for (int j = 0; j < i; j++) {
        if (hashes[i] == hashes[j]) {
          hashes[i] = hash(random);
          j = -1;
        }
      }
    }
    return hashes;
  }

  /** One of the hot hashes. */
  public static int hot(int number) {
    return 0x12345670 + 0x0800_0000 * number;
  }

  /** The hashes of a document of the hot corpus. */
  public int[] hotDocument(long index) {
    int[] hashes = document(index);
    SplittableRandom random = new SplittableRandom(SEED + 7 * index);
    for (int i = 0; i < HOT_TERMS; i++) {
      if (random.nextInt(10) == 0) {
        hashes[i] = hot(i);
      }
    }
    return hashes;
  }

  public static void main(String[] args) throws IOException {
    long documents = Long.parseLong(args[1]);
    boolean hot = args.length > 2;
    IndexCorpus corpus = new IndexCorpus();
    ByteBuffer buffer = ByteBuffer.allocateDirect(4 * TERMS * 4096).order(ByteOrder.LITTLE_ENDIAN);
    try (FileChannel file =
        FileChannel.open(
            Path.of(args[0]),
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      for (long index = 0; index < documents; ) {
        buffer.clear();
        IntBuffer ints = buffer.asIntBuffer();
        for (; index < documents && ints.hasRemaining(); index++) {
          ints.put(hot ? corpus.hotDocument(index) : corpus.document(index));
        }
        buffer.limit(4 * ints.position());
        while (buffer.hasRemaining()) {
          file.write(buffer);
        }
      }
    }
  }
}
