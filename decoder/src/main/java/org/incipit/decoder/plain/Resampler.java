package org.incipit.decoder.plain;

/**
 * What the integer and the floating-point resampler share: a window on the input, kept in one array
 * per channel, and the walk through it.
 *
 * <pre>
 *   0       at      at + taps     end      capacity
 *   |  done  |  next output  |  rest  |  room  |
 * </pre>
 *
 * <p>Before its first sample the signal is continued by its mirror image, and after its last one
 * for at most half a filter. A signal too short to fill one filter even so gives nothing.
 *
 * <p>Input is appended whenever {@link #produce} has returned 0, and once more {@link #finish}
 * called when there is no more.
 */
abstract class Resampler {
  final FilterBank bank;

  /** Of each frame to compute: its first input sample, its row of taps, parts beyond that phase. */
  final int[] starts;

  final int[] rows;
  final int[] parts;

  private final int capacity;
  private int at;
  private int end;
  private int phase;
  private int part;
  private boolean started;
  private boolean finished;
  private boolean continued;

  /**
   * @param block most frames that come at once, and that are computed at once
   */
  Resampler(FilterBank bank, int block) {
    this.bank = bank;
    starts = new int[block];
    rows = new int[block];
    parts = new int[block];
    capacity = 2 * bank.taps + block;
    // What lies before the first sample is filled in when there is enough to mirror.
    end = bank.centre;
  }

  /** Length of the arrays. */
  final int arrayLength() {
    return capacity + 1;
  }

  /** Copies {@code length} frames within the arrays, forwards. */
  abstract void move(int from, int to, int length);

  /** Copies the frames at {@code from} and before it to {@code to} and after it. */
  abstract void mirror(int from, int to, int length);

  /** Computes output frames {@code from} to {@code to}, which lie between a row and the next. */
  abstract void convolve(int from, int to);

  /** Makes room for {@code frames} more, which count from now on, and says where they go. */
  final int reserve(int frames) {
    if (end + frames > capacity) {
      int done = Math.min(at, end);
      move(done, 0, end - done);
      at -= done;
      end -= done;
    }
    int where = end;
    end += frames;
    return where;
  }

  /**
   * Computes output frames 0 and on.
   *
   * @return how many, at most {@code most}
   */
  final int produce(int most) {
    int count = 0;
    while (count < most) {
      if (!started && end - bank.centre > bank.taps) {
        mirror(2 * bank.centre, 0, bank.centre);
        started = true;
      }
      int within = started ? place(count, most) : count;
      if (within > count) {
        convolve(count, within);
        count = within;
      } else if (finished && !continued) {
        continueSignal();
      } else {
        break;
      }
    }
    return count;
  }

  /** Says where the output frames from {@code count} on lie, as far as there is input for them. */
  private int place(int count, int most) {
    int last = end - (finished ? bank.taps : bank.reach);
    int i = count;
    while (i < most && at <= last) {
      starts[i] = at;
      rows[i] = phase * bank.reach;
      parts[i++] = part;
      at += bank.stepSamples;
      phase += bank.stepPhases;
      part += bank.stepParts;
      if (part >= bank.parts) {
        part -= bank.parts;
        phase++;
      }
      if (phase >= bank.phases) {
        phase -= bank.phases;
        at++;
      }
    }
    return i;
  }

  private void continueSignal() {
    int rest = end - (started ? at : bank.centre);
    int extra = Math.max((Math.min(rest, bank.taps) + 1) / 2, 0);
    int where = reserve(extra);
    mirror(where - 1, where, extra + 1);
    continued = true;
  }

  /** There will be no more input. */
  final void finish() {
    finished = true;
    // The one element that a row may reach beyond the end.
    mirror(end - 1, end, 1);
  }
}
