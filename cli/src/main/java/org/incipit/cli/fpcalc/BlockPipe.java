package org.incipit.cli.fpcalc;

import org.jspecify.annotations.Nullable;

/**
 * A bounded queue of blocks from one thread to another. The blocks are made once and go round; the
 * writer copies into them.
 */
final class BlockPipe {
  /** Samples in a block: 0.74 s of audio, so that the threads seldom meet. */
  static final int BLOCK_SAMPLES = 8192;

  private static final int BLOCKS = 8;

  /** A block and how much of it is filled. */
  static final class Block {
    final short[] samples = new short[BLOCK_SAMPLES];
    int length;
  }

  private final Block[] ring = new Block[BLOCKS];
  private int written;
  private int read;
  private boolean ended;
  private boolean abandoned;

  /**
   * Copies samples in, waiting while the pipe is full.
   *
   * @param length at most {@link #BLOCK_SAMPLES}
   * @return false if the reader has gone
   */
  boolean put(short[] samples, int offset, int length) {
    Block block = emptyBlock();
    if (block == null) {
      return false;
    }
    System.arraycopy(samples, offset, block.samples, 0, length);
    block.length = length;
    synchronized (this) {
      written++;
      notifyAll();
    }
    return true;
  }

  private synchronized @Nullable Block emptyBlock() {
    while (written - read == BLOCKS && !abandoned) {
      try {
        wait();
      } catch (InterruptedException e) {
        throw new IllegalStateException("nobody interrupts these threads", e);
      }
    }
    if (abandoned) {
      return null;
    }
    int slot = written % BLOCKS;
    Block block = ring[slot];
    if (block == null) {
      block = new Block();
      ring[slot] = block;
    }
    return block;
  }

  /** Says that nothing more will come. */
  synchronized void end() {
    ended = true;
    notifyAll();
  }

  /**
   * The next block, waiting for it; it is the reader's until {@link #release}.
   *
   * @return null at the end
   */
  synchronized @Nullable Block take() {
    while (written == read && !ended) {
      try {
        wait();
      } catch (InterruptedException e) {
        throw new IllegalStateException("nobody interrupts these threads", e);
      }
    }
    return written == read ? null : ring[read % BLOCKS];
  }

  /** Gives the block last taken back to the writer. */
  synchronized void release() {
    read++;
    notifyAll();
  }

  /** Says that the reader has gone: whoever waits to write need not. */
  synchronized void abandon() {
    abandoned = true;
    notifyAll();
  }
}
