package org.incipit.decoder.ffmpeg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.incipit.decoder.AudioDecoder;
import org.incipit.decoder.audio.PcmSource;
import org.incipit.testdata.TestData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class XingHeaderTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    // Second and third byte of the header, mono, side information, samples of a frame, rate.
    "fb, 90, false, 32, 1152, 44100",
    "fa, 94, true, 17, 1152, 48000",
    "f3, 90, false, 17, 576, 22050",
    "f2, 98, true, 9, 576, 16000",
    "e3, 90, true, 9, 576, 11025",
    "e3, 98, false, 17, 576, 8000"
  })
  void theLengthIsFramesTimesSamplesAndThePaddingApart(
      String second, String third, boolean mono, int sideInfo, int perFrame, int rate) {
    byte[] frame = frame(second, third, mono, sideInfo, 0xf);
    assertEquals(
        new XingHeader(1000L * perFrame, rate, 576 + 1000), XingHeader.find(frame, frame.length));
  }

  @ParameterizedTest
  @CsvSource({"1", "3", "5", "9"})
  void fieldsThatAreAbsentTakeNoRoom(int flags) {
    byte[] frame = frame("fb", "90", false, 32, flags);
    assertEquals(new XingHeader(1_152_000, 44100, 1576), XingHeader.find(frame, frame.length));
  }

  @Test
  void withoutANumberOfFramesThereIsNoLength() {
    byte[] frame = frame("fb", "90", false, 32, 0xe);
    assertNull(XingHeader.find(frame, frame.length));
  }

  @Test
  void whatIsCutOffIsNotRead() {
    byte[] frame = frame("fb", "90", false, 32, 0xf);
    int needed = 4 + 32 + 120 + 24;
    for (int length = 0; length < needed; length++) {
      assertNull(XingHeader.find(Arrays.copyOf(frame, length), length));
    }
  }

  private static byte[] frame(String second, String third, boolean mono, int sideInfo, int flags) {
    ByteBuffer frame = ByteBuffer.allocate(400);
    frame.put((byte) 0xff);
    frame.put((byte) Integer.parseInt(second, 16)).put((byte) Integer.parseInt(third, 16));
    frame.put((byte) (mono ? 0xc0 : 0x40)).position(4 + sideInfo);
    frame.put("Info".getBytes(StandardCharsets.US_ASCII)).putInt(flags);
    frame.position(frame.position() + 4 * Integer.bitCount(flags & 0xb) + 25 * (flags & 4));
    if ((flags & 1) != 0) {
      frame.putInt(12 + sideInfo, 1000);
    }
    int encoder = frame.position();
    frame.put("LAME3.100".getBytes(StandardCharsets.US_ASCII));
    frame.putInt(encoder + 20, 576 << 12 | 1000);
    return frame.array();
  }

  @ParameterizedTest
  @CsvSource({
    "mp3-cbr128-js-44k.mp3, 24032",
    "mp3-22k-mono-32k.mp3, 30066",
    "mp3-cbr160-nojoint-48k.mp3, 16032",
    "mp3-mpeg25-8k-mono.mp3, 25200",
    "mp3-copy-mpeg2-22k-st.mp3, 25025",
    "mp3-vbr-noxing.mp3, 15261",
    "edge-leading-silence-6s.mp3, 18024"
  })
  void theDurationOfAnMp3IsThatOfTheReference(String file, long millis) throws Exception {
    try (PcmSource source = AudioDecoder.open(TestData.audio(file))) {
      assertEquals(millis, source.format().durationMillis());
    }
  }

  @Test
  void tagsInFrontOfTheFirstFrameAreSkipped() throws Exception {
    byte[] mp3 = Files.readAllBytes(TestData.audio("mp3-cbr128-js-44k.mp3"));
    byte[] tag = new byte[10 + 70_000];
    tag[0] = 'I';
    tag[1] = 'D';
    tag[2] = '3';
    tag[3] = 4;
    tag[7] = 70_000 >> 14;
    tag[8] = 70_000 >> 7 & 0x7f;
    tag[9] = 70_000 & 0x7f;
    byte[] both = Arrays.copyOf(tag, tag.length + mp3.length);
    System.arraycopy(mp3, 0, both, tag.length, mp3.length);
    Path file = Files.write(folder.resolve("tagged.mp3"), both);
    try (PcmSource source = AudioDecoder.open(file)) {
      assertEquals(24032, source.format().durationMillis());
      assertEquals(264600, Pcm.all(source).length);
    }
  }
}
