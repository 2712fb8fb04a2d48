package org.incipit.fingerprint.classify;

import org.incipit.fingerprint.chroma.ChromaFolder;
import org.incipit.fingerprint.chroma.ChromaSink;

/**
 * Looks at the last sixteen rows with sixteen classifiers: one sub-fingerprint per row from the
 * sixteenth on. The first classifier gives the two highest bits.
 *
 * <p>Narrower classifiers look at the oldest of the sixteen rows.
 */
public final class ImageClassifier implements ChromaSink {
  private static final int WINDOW = 16;

  private final Classifier[] classifiers;
  private final RollingImage image = new RollingImage(ChromaFolder.CLASSES, WINDOW);
  private final ItemSink next;

  public ImageClassifier(ClassifierTable table, ItemSink next) {
    this.classifiers = table.classifiers();
    this.next = next;
  }

  /** Forgets the image. */
  public void reset() {
    image.reset();
  }

  @Override
  public void row(double[] row) {
    image.addRow(row);
    long x = image.rows() - WINDOW;
    if (x < 0) {
      return;
    }
    int item = 0;
    for (Classifier classifier : classifiers) {
      item = item << 2 | classifier.bits(image, x);
    }
    next.item(item);
  }
}
