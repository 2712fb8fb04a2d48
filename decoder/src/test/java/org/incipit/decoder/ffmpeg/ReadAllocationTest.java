package org.incipit.decoder.ffmpeg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.incipit.decoder.AudioDecoder;
import org.incipit.decoder.audio.DecodeOptions;
import org.incipit.decoder.audio.PcmSource;
import org.incipit.testdata.TestData;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadAllocationTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @ParameterizedTest
  @ValueSource(
      strings = {"mp3-cbr128-js-44k.mp3", "flac16-51-22k.flac", "vorbis-copy-22k-mono.ogg"})
  void readingAllocatesNothing(String file) throws Exception {
    long me = Thread.currentThread().getId();
    for (DecodeOptions options :
        new DecodeOptions[] {DecodeOptions.FINGERPRINT, DecodeOptions.nativeFormat()}) {
      try (PcmSource source = AudioDecoder.open(TestData.audio(file), options)) {
        short[] block = new short[1 << 16];
        assertTrue(source.read(block, 0, 2048) > 0);
        long before = THREADS.getThreadAllocatedBytes(me);
        int blocks = 0;
        while (source.read(block, 0, block.length) > 0) {
          blocks++;
        }
        long allocated = THREADS.getThreadAllocatedBytes(me) - before;
        assertTrue(blocks > 1, "too short to tell");
        assertEquals(0, allocated);
      }
    }
  }
}
