package org.incipit.cli.fpcalc;

import java.io.IOException;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * What one file of a {@link Batch} has to say, kept until its turn comes. Its writer waits when too
 * much is kept; when its turn has come, text goes out as it arrives.
 */
final class FileReport implements Report {
  private record Piece(boolean error, ByteText text) {}

  private final ArrayDeque<Piece> kept = new ArrayDeque<>();
  private final int mostBytes;
  private int keptBytes;
  private boolean done;
  private int status;

  /** One that keeps at most {@code mostBytes} and a piece. */
  FileReport(int mostBytes) {
    this.mostBytes = mostBytes;
  }

  @Override
  public void output(ByteText text) {
    keep(new Piece(false, text.copy()));
  }

  @Override
  public void error(ByteText text) {
    keep(new Piece(true, text.copy()));
  }

  private synchronized void keep(Piece piece) {
    while (keptBytes > mostBytes) {
      try {
        wait();
      } catch (InterruptedException e) {
        throw new IllegalStateException("nobody interrupts these threads", e);
      }
    }
    kept.add(piece);
    keptBytes += piece.text.length();
    notifyAll();
  }

  /** Says that no more will come, and how it went. */
  synchronized void done(int exitStatus) {
    done = true;
    status = exitStatus;
    notifyAll();
  }

  /**
   * Passes everything on, to the end.
   *
   * @return how it went
   * @throws IOException if a result cannot be written
   */
  int forward(Report to) throws IOException {
    for (Piece piece = next(); piece != null; piece = next()) {
      if (piece.error) {
        to.error(piece.text);
      } else {
        to.output(piece.text);
      }
    }
    return status();
  }

  private synchronized @Nullable Piece next() {
    while (kept.isEmpty() && !done) {
      try {
        wait();
      } catch (InterruptedException e) {
        throw new IllegalStateException("nobody interrupts these threads", e);
      }
    }
    Piece piece = kept.poll();
    if (piece != null) {
      keptBytes -= piece.text.length();
      notifyAll();
    }
    return piece;
  }

  private synchronized int status() {
    return status;
  }
}
