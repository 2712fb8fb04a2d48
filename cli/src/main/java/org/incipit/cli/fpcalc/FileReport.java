package org.incipit.cli.fpcalc;

import java.io.IOException;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * What one file of a {@link Batch} has to say, kept until its turn comes. Its writer waits when too
 * much is kept; when its turn has come, text goes out as it arrives.
 */
final class FileReport implements Report {
  /** Bytes that one file may keep; a piece of any size beyond it. */
  private static final int MOST_BYTES = 1 << 20;

  private record Piece(boolean error, ByteText text) {}

  private final ArrayDeque<Piece> kept = new ArrayDeque<>();
  private final TextBudget budget;
  private int keptBytes;
  private boolean forwarding;
  private boolean done;
  private int status;

  /** One that keeps what the budget of all allows. */
  FileReport(TextBudget budget) {
    this.budget = budget;
  }

  @Override
  public void output(ByteText text) {
    keep(new Piece(false, text.copy()));
  }

  @Override
  public void error(ByteText text) {
    keep(new Piece(true, text.copy()));
  }

  private void keep(Piece piece) {
    synchronized (budget) {
      while (keptBytes > MOST_BYTES || (!forwarding && budget.isSpent())) {
        await();
      }
      kept.add(piece);
      keptBytes += piece.text.length();
      budget.add(piece.text.length());
    }
  }

  /** Waits for any report to change. */
  private void await() {
    try {
      budget.wait();
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts these threads", e);
    }
  }

  /** Says that no more will come, and how it went. */
  void done(int exitStatus) {
    synchronized (budget) {
      done = true;
      status = exitStatus;
      budget.notifyAll();
    }
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

  private @Nullable Piece next() {
    synchronized (budget) {
      forwarding = true;
      budget.notifyAll();
      while (kept.isEmpty() && !done) {
        await();
      }
      Piece piece = kept.poll();
      if (piece != null) {
        keptBytes -= piece.text.length();
        budget.add(-piece.text.length());
      }
      return piece;
    }
  }

  private int status() {
    synchronized (budget) {
      return status;
    }
  }
}
