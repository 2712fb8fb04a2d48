package org.incipit.fingerprint.classify;

import static org.incipit.fingerprint.classify.Shape.PITCH_HALVES;
import static org.incipit.fingerprint.classify.Shape.PITCH_THIRDS;
import static org.incipit.fingerprint.classify.Shape.QUARTERS;
import static org.incipit.fingerprint.classify.Shape.TIME_HALVES;
import static org.incipit.fingerprint.classify.Shape.TIME_THIRDS;
import static org.incipit.fingerprint.classify.Shape.WHOLE;

/** A trained set of sixteen classifiers, most significant bits first (Chromaprint 1.6.1). */
public final class ClassifierTable {
  /** Of the algorithm TEST1. */
  public static final ClassifierTable TEST1 =
      new ClassifierTable(
          new Classifier(WHOLE, 0, 3, 15, 2.10543, 2.45354, 2.69414),
          new Classifier(PITCH_HALVES, 0, 4, 14, -0.345922, 0.0463746, 0.446251),
          new Classifier(PITCH_HALVES, 4, 4, 11, -0.392132, 0.0291077, 0.443391),
          new Classifier(QUARTERS, 0, 4, 14, -0.192851, 0.00583535, 0.204053),
          new Classifier(TIME_HALVES, 8, 2, 4, -0.0771619, -0.00991999, 0.0575406),
          new Classifier(TIME_THIRDS, 6, 2, 15, -0.710437, -0.518954, -0.330402),
          new Classifier(PITCH_HALVES, 9, 2, 16, -0.353724, -0.0189719, 0.289768),
          new Classifier(QUARTERS, 4, 2, 10, -0.128418, -0.0285697, 0.0591791),
          new Classifier(QUARTERS, 9, 2, 16, -0.139052, -0.0228468, 0.0879723),
          new Classifier(TIME_HALVES, 1, 3, 6, -0.133562, 0.00669205, 0.155012),
          new Classifier(QUARTERS, 3, 6, 2, -0.0267, 0.00804829, 0.0459773),
          new Classifier(TIME_HALVES, 8, 1, 10, -0.0972417, 0.0152227, 0.129003),
          new Classifier(QUARTERS, 4, 4, 14, -0.141434, 0.00374515, 0.149935),
          new Classifier(TIME_THIRDS, 4, 2, 15, -0.64035, -0.466999, -0.285493),
          new Classifier(TIME_THIRDS, 9, 2, 3, -0.322792, -0.254258, -0.174278),
          new Classifier(TIME_HALVES, 1, 8, 4, -0.0741375, -0.00590933, 0.0600357));

  /** Of all the others. */
  public static final ClassifierTable TEST2 =
      new ClassifierTable(
          new Classifier(WHOLE, 4, 3, 15, 1.98215, 2.35817, 2.63523),
          new Classifier(PITCH_THIRDS, 4, 6, 15, -1.03809, -0.651211, -0.282167),
          new Classifier(PITCH_HALVES, 0, 4, 16, -0.298702, 0.119262, 0.558497),
          new Classifier(QUARTERS, 8, 2, 12, -0.105439, 0.0153946, 0.135898),
          new Classifier(QUARTERS, 4, 4, 8, -0.142891, 0.0258736, 0.200632),
          new Classifier(PITCH_THIRDS, 0, 3, 5, -0.826319, -0.590612, -0.368214),
          new Classifier(PITCH_HALVES, 2, 2, 9, -0.557409, -0.233035, 0.0534525),
          new Classifier(TIME_HALVES, 7, 3, 4, -0.0646826, 0.00620476, 0.0784847),
          new Classifier(TIME_HALVES, 6, 2, 16, -0.192387, -0.029699, 0.215855),
          new Classifier(TIME_HALVES, 1, 3, 2, -0.0397818, -0.00568076, 0.0292026),
          new Classifier(TIME_THIRDS, 10, 1, 15, -0.53823, -0.369934, -0.190235),
          new Classifier(QUARTERS, 6, 2, 10, -0.124877, 0.0296483, 0.139239),
          new Classifier(TIME_HALVES, 1, 1, 14, -0.101475, 0.0225617, 0.231971),
          new Classifier(QUARTERS, 5, 6, 4, -0.0799915, -0.00729616, 0.063262),
          new Classifier(PITCH_HALVES, 9, 2, 12, -0.272556, 0.019424, 0.302559),
          new Classifier(QUARTERS, 4, 2, 14, -0.164292, -0.0321188, 0.0846339));

  private final Classifier[] classifiers;

  private ClassifierTable(Classifier... classifiers) {
    this.classifiers = classifiers;
  }

  Classifier[] classifiers() {
    return classifiers.clone();
  }
}
