package org.incipit.fingerprint.spectrum;

/** Receives one power spectrum a frame. */
public interface SpectrumSink {
  /**
   * The next spectrum, {@code power[bin]} from 0 Hz to half the sample rate; only the bins that the
   * {@link RealFft} was built for are defined. Lent for the length of the call.
   */
  void spectrum(double[] power);
}
