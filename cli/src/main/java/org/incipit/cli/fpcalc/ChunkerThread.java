package org.incipit.cli.fpcalc;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Fingerprints on a thread of its own what another thread decodes. The thread is started before the
 * file is opened, so that the stages are set up meanwhile.
 */
final class ChunkerThread extends Thread implements BlockReceiver {
  private final Options options;
  private final double timestamp;
  private final ResultSink results;
  private final BlockPipe pipe = new BlockPipe();

  // Written by this thread, read by the other after join.
  private @Nullable Chunker chunker;
  private @Nullable Throwable failure;

  ChunkerThread(Options options, double timestamp, ResultSink results) {
    super("fingerprint");
    this.options = options;
    this.timestamp = timestamp;
    this.results = results;
    setDaemon(true);
  }

  @Override
  public void run() {
    try {
      Chunker made = new Chunker(options, timestamp, results);
      for (BlockPipe.Block block = pipe.take(); block != null; block = pipe.take()) {
        made.block(block.samples, 0, block.length);
        pipe.release();
      }
      chunker = made;
    } catch (FileException | IOException | RuntimeException | Error e) {
      failure = e;
      pipe.abandon();
    }
  }

  @Override
  public void block(short[] samples, int offset, int length) throws FileException, IOException {
    if (!pipe.put(samples, offset, length)) {
      end();
    }
  }

  @Override
  public void end() throws FileException, IOException {
    pipe.end();
    try {
      join();
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts these threads", e);
    }
    if (failure != null) {
      rethrow(failure);
    }
  }

  /**
   * Without this the thread of a file that could not be opened would wait for its audio for ever.
   */
  @Override
  public void close() {
    pipe.end();
  }

  private static void rethrow(Throwable failure) throws FileException, IOException {
    if (failure instanceof FileException e) {
      throw e;
    }
    if (failure instanceof IOException e) {
      throw e;
    }
    if (failure instanceof Error e) {
      throw e;
    }
    throw (RuntimeException) failure;
  }

  @Override
  public void finish() throws FileException, IOException {
    if (chunker == null) {
      throw new IllegalStateException("finish before end");
    }
    chunker.finish();
  }
}
