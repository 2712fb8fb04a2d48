/** Chromaprint fingerprints from PCM audio, their text form, their hash and their comparison. */
module org.incipit.fingerprint {
  requires static org.jspecify;
  // The JTransforms engine; JLargeArrays below it asks for sun.misc.Unsafe.
  requires JTransforms;
  requires jdk.unsupported;

  exports org.incipit.fingerprint;
  exports org.incipit.fingerprint.codec;
  exports org.incipit.fingerprint.match;
}
