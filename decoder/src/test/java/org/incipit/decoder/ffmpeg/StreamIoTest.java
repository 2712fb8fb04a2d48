package org.incipit.decoder.ffmpeg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.Pipe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.incipit.decoder.AudioDecoder;
import org.incipit.decoder.audio.AudioFormat;
import org.incipit.decoder.audio.DecodeException;
import org.incipit.decoder.audio.DecodeException.Stage;
import org.incipit.decoder.audio.DecodeOptions;
import org.incipit.decoder.audio.PcmSource;
import org.incipit.testdata.TestData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamIoTest {
  private static final DecodeOptions FINGERPRINT = DecodeOptions.FINGERPRINT;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "aac-adts-22k-mono.aac",
        "aiff-s16be-22k-st.aiff",
        "flac16-22k-mono.flac",
        "mp3-vbr-noxing.mp3",
        "opus-mono-24k.opus",
        "video-vp8-opus.webm",
        "wav-s16-8k-mono.wav",
        "wmav2-44k-64k.wma"
      })
  void aStreamOrChannelGivesTheSamplesOfTheFile(String name) throws Exception {
    Path file = TestData.audio(name);
    short[] expected = Pcm.decode(file, FINGERPRINT);
    try (InputStream in = Files.newInputStream(file);
        PcmSource source = AudioDecoder.open(in, FINGERPRINT)) {
      assertArrayEquals(expected, Pcm.all(source));
    }
    try (FileChannel channel = FileChannel.open(file);
        PcmSource source = AudioDecoder.open(channel, FINGERPRINT)) {
      assertArrayEquals(expected, Pcm.all(source));
    }
    try (InputStream in = Files.newInputStream(file);
        PcmSource source = AudioDecoder.open(Channels.newChannel(slow(in)), FINGERPRINT)) {
      assertArrayEquals(expected, Pcm.all(source));
    }
  }

  @Test
  void theEncodersPaddingAtTheEndOfAnMp3IsKnownOnlyWhereItCanSeekAsInTheReference()
      throws Exception {
    Path mp3 = TestData.audio("mp3-id3v23-cover-id3v1.mp3");
    assertEquals(165375, Pcm.decode(mp3, FINGERPRINT).length);
    try (InputStream in = Files.newInputStream(mp3);
        PcmSource source = AudioDecoder.open(in, FINGERPRINT)) {
      assertEquals(165612, Pcm.all(source).length);
    }
  }

  /** Delivers a few bytes at a time. */
  private static InputStream slow(InputStream in) {
    return new FilterInputStream(in) {
      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        return super.read(into, offset, Math.min(length, 1 + length % 777));
      }
    };
  }

  @Test
  void onlyWhereItCanSeekIsTheIndexAtTheEndFoundAndTheDurationOfMp3Known() throws Exception {
    Path m4a = TestData.audio("aac-lc-44k-st.m4a");
    try (FileChannel channel = FileChannel.open(m4a);
        PcmSource source = AudioDecoder.open(channel, FINGERPRINT)) {
      assertArrayEquals(Pcm.decode(m4a, FINGERPRINT), Pcm.all(source));
    }
    try (InputStream in = Files.newInputStream(m4a)) {
      assertThrows(
          DecodeException.class,
          () -> {
            try (PcmSource source = AudioDecoder.open(in, FINGERPRINT)) {
              Pcm.all(source);
            }
          });
    }
    Path mp3 = TestData.audio("mp3-cbr128-js-44k.mp3");
    try (FileChannel channel = FileChannel.open(mp3);
        PcmSource source = AudioDecoder.open(channel, FINGERPRINT)) {
      assertEquals(24032, source.format().durationMillis());
    }
    try (InputStream in = Files.newInputStream(mp3);
        PcmSource source = AudioDecoder.open(in, FINGERPRINT)) {
      assertEquals(AudioFormat.UNKNOWN_DURATION, source.format().durationMillis());
    }
  }

  @Test
  void aChannelBeginsWhereItStands() throws Exception {
    byte[] wav = Files.readAllBytes(TestData.audio("wav-s16-8k-mono.wav"));
    byte[] shifted = new byte[wav.length + 1000];
    System.arraycopy(wav, 0, shifted, 1000, wav.length);
    Path file = Files.write(folder.resolve("shifted"), shifted);
    try (FileChannel channel = FileChannel.open(file)) {
      channel.position(1000);
      try (PcmSource source = AudioDecoder.open(channel, FINGERPRINT)) {
        assertEquals(6000, source.format().durationMillis());
        assertEquals(66150, Pcm.all(source).length);
      }
    }
  }

  @Test
  void aPipeIsReadAlthoughItsChannelClaimsToSeek() throws Exception {
    Path wav = TestData.audio("wav-s16-8k-mono.wav");
    Pipe pipe = Pipe.open();
    Thread writer =
        new Thread(() -> {
          try (Pipe.SinkChannel sink = pipe.sink()) {
            Files.copy(wav, Channels.newOutputStream(sink));
          } catch (IOException e) {
            throw new AssertionError(e);
          }
        });
    writer.start();
    try (Pipe.SourceChannel channel = pipe.source();
        PcmSource source = AudioDecoder.open(channel, FINGERPRINT)) {
      assertEquals(66150, Pcm.all(source).length);
    }
    writer.join();
    Path fifo = folder.resolve("fifo");
    assertEquals(0, new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor());
    Process cat =
        new ProcessBuilder("sh", "-c", "cat \"$0\" > \"$1\"", wav.toString(), fifo.toString())
            .start();
    try (FileChannel channel = FileChannel.open(fifo);
        PcmSource source = AudioDecoder.open(channel, FINGERPRINT)) {
      assertEquals(66150, Pcm.all(source).length);
    }
    assertEquals(0, cat.waitFor());
  }

  @Test
  void theStreamStaysOpen() throws Exception {
    boolean[] closed = {false};
    InputStream in =
        new FilterInputStream(Files.newInputStream(TestData.audio("wav-s16-8k-mono.wav"))) {
          @Override
          public void close() throws IOException {
            closed[0] = true;
            super.close();
          }
        };
    AudioDecoder.open(in, FINGERPRINT).close();
    assertFalse(closed[0]);
    in.close();
  }

  @Test
  void moreStreamsAreOpenAtOnceThanJavaCppHasEntryPoints() throws Exception {
    byte[] wav = Files.readAllBytes(TestData.audio("wav-s16-8k-mono.wav"));
    List<PcmSource> sources = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      sources.add(AudioDecoder.open(new ByteArrayInputStream(wav), FINGERPRINT));
    }
    for (PcmSource source : sources) {
      assertEquals(66150, Pcm.all(source).length);
      source.close();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 50, 5_000, 70_000})
  void whatTheStreamThrowsIsTheCause(int after) throws Exception {
    for (Exception thrown : List.of(new IOException("cable"), new IllegalStateException())) {
      DecodeException failure =
          assertThrows(DecodeException.class, () -> decodeUntil(after, thrown));
      assertSame(thrown, failure.getCause());
      String detail = thrown.getMessage() == null ? thrown.toString() : thrown.getMessage();
      assertEquals(failure.stage().text() + " (" + detail + ")", failure.getMessage());
      assertEquals(after == 0 ? Stage.OPEN : Stage.READ, failure.stage());
    }
    Error error = new AssertionError("not for FFmpeg");
    assertSame(error, assertThrows(AssertionError.class, () -> decodeUntil(after, error)));
  }

  @Test
  void anErrorOfTheStreamIsThrownAgainByEveryRead() throws Exception {
    Error error = new AssertionError("not for FFmpeg");
    try (PcmSource source = AudioDecoder.open(failing(70_000, error), FINGERPRINT)) {
      assertSame(error, assertThrows(AssertionError.class, () -> Pcm.all(source)));
      for (int i = 0; i < 3; i++) {
        short[] block = new short[64];
        assertSame(error, assertThrows(AssertionError.class, () -> source.read(block, 0, 64)));
      }
    }
  }

  @Test
  void theStreamMayCloseTheSourceThatReadsIt() throws Exception {
    byte[] wav = Files.readAllBytes(TestData.audio("wav-s16-44k-st.wav"));
    List<PcmSource> opened = new ArrayList<>();
    boolean[] asked = {false};
    InputStream in =
        new FilterInputStream(new ByteArrayInputStream(wav)) {
          @Override
          public int read(byte[] into, int offset, int length) throws IOException {
            for (PcmSource source : opened) {
              asked[0] = true;
              source.close();
              assertThrows(IllegalStateException.class, () -> source.read(new short[1], 0, 1));
            }
            return super.read(into, offset, Math.min(length, 10_000));
          }
        };
    PcmSource source = AudioDecoder.open(in, FINGERPRINT);
    opened.add(source);
    short[] block = new short[4096];
    while (!asked[0]) {
      assertTrue(source.read(block, 0, block.length) != 0);
    }
    assertThrows(IllegalStateException.class, () -> source.read(block, 0, block.length));
    source.close();
  }

  @Test
  void closingWaitsForTheReadUnderWayInAnotherThread() throws Exception {
    byte[] wav = Files.readAllBytes(TestData.audio("wav-s16-44k-st.wav"));
    AtomicBoolean opened = new AtomicBoolean();
    CountDownLatch reading = new CountDownLatch(1);
    CountDownLatch cable = new CountDownLatch(1);
    InputStream in =
        new FilterInputStream(new ByteArrayInputStream(wav)) {
          @Override
          public int read(byte[] into, int offset, int length) throws IOException {
            if (opened.get()) {
              reading.countDown();
              awaitQuietly(cable);
            }
            return super.read(into, offset, Math.min(length, 10_000));
          }
        };
    PcmSource source = AudioDecoder.open(in, FINGERPRINT);
    opened.set(true);
    short[] block = new short[1 << 20];
    CompletableFuture<Integer> reader =
        CompletableFuture.supplyAsync(() -> {
          try {
            int n = 0;
            while (reading.getCount() > 0 && n >= 0) {
              n = source.read(block, 0, block.length);
            }
            return n;
          } catch (DecodeException e) {
            throw new AssertionError(e);
          }
        });
    assertTrue(reading.await(60, TimeUnit.SECONDS));
    CompletableFuture<Void> closer = CompletableFuture.runAsync(source::close);
    assertThrows(TimeoutException.class, () -> closer.get(200, TimeUnit.MILLISECONDS));
    cable.countDown();
    closer.get(60, TimeUnit.SECONDS);
    reader.get(60, TimeUnit.SECONDS);
    assertThrows(IllegalStateException.class, () -> source.read(block, 0, block.length));
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void decodeUntil(int after, Throwable thrown) throws Exception {
    try (PcmSource source = AudioDecoder.open(failing(after, thrown), FINGERPRINT)) {
      Pcm.all(source);
    }
  }

  private static InputStream failing(int after, Throwable thrown) throws IOException {
    byte[] wav = Files.readAllBytes(TestData.audio("wav-s16-44k-st.wav"));
    return new FilterInputStream(new ByteArrayInputStream(wav)) {
      private int left = after;

      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        if (left == 0) {
          StreamIoTest.<RuntimeException>sneak(thrown);
        }
        int n = super.read(into, offset, Math.min(length, left));
        left -= n;
        return n;
      }
    };
  }

  @SuppressWarnings("unchecked") // the cast is erased: whatever it is, it is thrown
  private static <T extends Throwable> void sneak(Throwable thrown) throws T {
    throw (T) thrown;
  }

  @Test
  void aStreamThatReturnsNothingIsAnErrorAndNoLoop() {
    InputStream in =
        new InputStream() {
          @Override
          public int read() {
            return 0;
          }

          @Override
          public int read(byte[] into, int offset, int length) {
            return 0;
          }
        };
    DecodeException failure =
        assertThrows(DecodeException.class, () -> AudioDecoder.open(in, FINGERPRINT));
    assertTrue(failure.getCause() instanceof IOException);
  }

  @Test
  void anEmptyStreamIsNoAudio() {
    InputStream in = InputStream.nullInputStream();
    DecodeException failure =
        assertThrows(DecodeException.class, () -> AudioDecoder.open(in, FINGERPRINT));
    assertEquals(Stage.OPEN, failure.stage());
  }
}
