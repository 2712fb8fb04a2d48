/** Audio files, streams and lines to PCM, and their tags. */
module org.incipit.decoder {
  requires org.incipit.fingerprint;
  requires static org.jspecify;
  // Optional at run time: without them only the pure-Java readers decode.
  requires static org.bytedeco.ffmpeg;
  requires static org.bytedeco.javacpp;
  requires static java.desktop;
  requires java.logging;
  requires jaudiotagger;

  exports org.incipit.decoder;
  exports org.incipit.decoder.audio;
}
