package org.incipit.server.acoustid;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * The bytes of an answer, which are kept in memory, so there may be only so many. Beyond a few it
 * is one of the {@link LongAnswers}. One thread.
 */
final class AnswerBytes extends OutputStream {
  /** More than any real fingerprint of 32767 seconds has, in XML. */
  static final int MOST = 8 << 20;

  /** Of which any number of answers may be made. */
  private static final int FEW = 256 << 10;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
  private final LongAnswers.Turn turn;

  /** Of an answer that takes its turn when it becomes long. */
  AnswerBytes(LongAnswers.Turn turn) {
    this.turn = turn;
  }

  /** The answer has more bytes. */
  static final class TooLarge extends IOException {
    private static final long serialVersionUID = 1;

    private TooLarge() {
      super("an answer of more than " + MOST + " bytes");
    }
  }

  @Override
  public void write(int b) throws IOException {
    requireRoom(1);
    bytes.write(b);
  }

  @Override
  public void write(byte[] from, int offset, int length) throws IOException {
    requireRoom(length);
    bytes.write(from, offset, length);
  }

  private void requireRoom(int length) throws IOException {
    if (length > MOST - bytes.size()) {
      throw new TooLarge();
    }
    if (length > FEW - bytes.size()) {
      turn.take();
    }
  }

  byte[] toArray() {
    return bytes.toByteArray();
  }
}
