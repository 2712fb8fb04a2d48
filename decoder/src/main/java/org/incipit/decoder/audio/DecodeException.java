package org.incipit.decoder.audio;

import java.io.IOException;

/**
 * Audio that cannot be opened, read or decoded. The message is {@link Stage#text()} followed by the
 * cause in brackets, letter for letter as {@code fpcalc} prints it.
 */
public final class DecodeException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Where it failed. */
  public enum Stage {
    OPEN("Could not open the input file"),
    /** Misspelt by fpcalc, whose output programs compare. */
    STREAM_INFO("Coud not find stream information in the file"),
    NO_AUDIO("Could not find any audio stream in the file"),
    STREAM_PARAMETERS("Could not copy the stream parameters"),
    CODEC("Could not open the codec"),
    CONVERTER("Could not create an audio converter instance"),
    CONVERT("Couldn't convert audio"),
    READ("Error reading from the audio source"),
    DECODE("Error decoding the audio source");

    private final String text;

    Stage(String text) {
      this.text = text;
    }

    /** The sentence that a user reads. */
    public String text() {
      return text;
    }
  }

  private final Stage stage;
  private final String detail;
  private final long positionMillis;

  /**
   * @param detail what the engine says of it, for the brackets
   * @param positionMillis how much audio had been decoded before, in milliseconds
   */
  public DecodeException(Stage stage, String detail, long positionMillis) {
    super(stage.text() + " (" + detail + ")");
    this.stage = stage;
    this.detail = detail;
    this.positionMillis = positionMillis;
  }

  /**
   * @param cause what the stream threw that the audio came from; its message goes into the brackets
   * @param positionMillis how much audio had been decoded before, in milliseconds
   */
  public DecodeException(Stage stage, Throwable cause, long positionMillis) {
    this(stage, cause.getMessage() == null ? cause.toString() : cause.getMessage(), positionMillis);
    initCause(cause);
  }

  /** Where it failed. */
  public Stage stage() {
    return stage;
  }

  /** What stands in the brackets. */
  public String detail() {
    return detail;
  }

  /** How much audio had been decoded before it failed, in milliseconds. */
  public long positionMillis() {
    return positionMillis;
  }
}
