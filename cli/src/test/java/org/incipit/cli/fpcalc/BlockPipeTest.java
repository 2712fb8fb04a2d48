package org.incipit.cli.fpcalc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BlockPipeTest {
  private final BlockPipe pipe = new BlockPipe();

  @Test
  void everySampleArrivesInOrder() throws Exception {
    CompletableFuture<Long> sum = CompletableFuture.supplyAsync(this::countUp);
    short[] block = new short[BlockPipe.BLOCK_SAMPLES];
    int value = 0;
    for (int round = 0; round < 1000; round++) {
      int length = 1 + round * 37 % (block.length - 1);
      for (int i = 0; i < length; i++) {
        block[1 + i] = (short) value++;
      }
      assertTrue(pipe.put(block, 1, length));
    }
    pipe.end();
    assertEquals(value, sum.get(30, TimeUnit.SECONDS));
  }

  private long countUp() {
    long expected = 0;
    for (BlockPipe.Block block = pipe.take(); block != null; block = pipe.take()) {
      for (int i = 0; i < block.length; i++) {
        assertEquals((short) expected++, block.samples[i]);
      }
      pipe.release();
    }
    return expected;
  }

  @Test
  void whatWasWrittenBeforeTheEndIsStillRead() {
    assertTrue(pipe.put(new short[] {7}, 0, 1));
    pipe.end();
    BlockPipe.Block block = pipe.take();
    assertNotNull(block);
    assertEquals(7, block.samples[0]);
    pipe.release();
    assertNull(pipe.take());
  }

  @Test
  void aWriterDoesNotWaitForAReaderThatHasGone() {
    CompletableFuture<Void> reader = CompletableFuture.runAsync(pipe::abandon);
    while (pipe.put(new short[1], 0, 1)) {
      Thread.onSpinWait();
    }
    reader.join();
    assertFalse(pipe.put(new short[1], 0, 1));
  }
}
