package org.incipit.decoder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.incipit.decoder.audio.AudioTags;
import org.incipit.decoder.audio.DecodeException;
import org.incipit.testdata.TestData;
import org.jaudiotagger.audio.AudioFile;
import org.jaudiotagger.audio.AudioFileIO;
import org.jaudiotagger.tag.FieldKey;
import org.jaudiotagger.tag.Tag;
import org.jaudiotagger.tag.id3.AbstractID3v2Frame;
import org.jaudiotagger.tag.id3.AbstractID3v2Tag;
import org.jaudiotagger.tag.id3.ID3v23Frame;
import org.jaudiotagger.tag.id3.framebody.FrameBodyTXXX;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TagReaderTest {
  private static final long SEED = Long.getLong("tests.seed", 20261122L);
  private static final int COUNT = Integer.getInteger("tests.mutations", 500);
  private static final String RECORDING = "b1a9c0e9-d987-4042-ae91-78d6a3267d69";
  private static final String ACOUST_ID = "9ff43b6a-4f16-427c-93c2-92307ca505e0";

  private static final AudioTags FULL =
      new AudioTags(
          Optional.of("Tïtle — ünïcode"),
          Optional.of("An Artist"),
          Optional.of("An Album"),
          Optional.of("Various Artists"),
          Optional.of(3),
          Optional.of(2),
          Optional.of(1999),
          Optional.of(RECORDING),
          Optional.of(ACOUST_ID));

  @TempDir Path folder;

  /** A golden file with tags as Picard would write them. */
  private Path tagged(String name) throws Exception {
    Path copy = folder.resolve(name);
    Files.copy(TestData.audio(name), copy);
    AudioFile file = AudioFileIO.read(copy.toFile());
    Tag tag = file.getTagAndConvertOrCreateAndSetDefault();
    tag.setField(FieldKey.TITLE, "Tïtle — ünïcode");
    tag.setField(FieldKey.ARTIST, "An Artist");
    tag.setField(FieldKey.ALBUM, "An Album");
    tag.setField(FieldKey.ALBUM_ARTIST, "Various Artists");
    tag.setField(FieldKey.TRACK, "3");
    tag.setField(FieldKey.TRACK_TOTAL, "12");
    tag.setField(FieldKey.DISC_NO, "2");
    tag.setField(FieldKey.YEAR, "1999");
    tag.setField(FieldKey.MUSICBRAINZ_TRACK_ID, RECORDING);
    tag.setField(FieldKey.ACOUSTID_ID, ACOUST_ID);
    file.commit();
    return copy;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mp3-cbr128-js-44k.mp3",
        "mp3-id3v23-cover-id3v1.mp3",
        "flac16-22k-mono.flac",
        "vorbis-copy-22k-mono.ogg",
        "aac-lc-44k-st.m4a",
        "aiff-s16be-22k-st.aiff",
        "wav-s16-8k-mono.wav"
      })
  void everyTagIsRead(String name) throws Exception {
    assertEquals(FULL, TagReader.read(tagged(name)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"mp3-cbr128-js-44k.mp3", "aiff-s16be-22k-st.aiff", "wav-s16-8k-mono.wav"})
  void id3TagsAreReadWithoutFfmpegWhateverTheNameOfTheFile(String name) throws Exception {
    Path file = tagged(name);
    assertEquals(FULL, TagReader.read(file, Optional.empty()));
    Path renamed = Files.move(file, folder.resolve("renamed.flac"));
    assertEquals(FULL, TagReader.read(renamed, Optional.empty()));
  }

  @Test
  void anId3TagAtTheEndIsReadWithoutFfmpegToo() throws Exception {
    byte[] sound = Files.readAllBytes(TestData.audio("mp3-mpeg25-8k-mono.mp3"));
    int start = sound[0] == 'I' ? 10 + sound[9] : 0;
    byte[] file = Arrays.copyOfRange(sound, start, sound.length + 128);
    byte[] tag = "TAGThe Title".getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(tag, 0, file, file.length - 128, tag.length);
    Path path = Files.write(folder.resolve("old.mp3"), file);
    assertEquals(Optional.of("The Title"), TagReader.read(path, Optional.empty()).title());
  }

  @Test
  void aNameThatSomeTaggersGiveInAnId3TagIsReadToo() throws Exception {
    Path copy = folder.resolve("x.mp3");
    Files.copy(TestData.audio("mp3-id3v23-cover-id3v1.mp3"), copy);
    AudioFile file = AudioFileIO.read(copy.toFile());
    AbstractID3v2Frame frame = new ID3v23Frame("TXXX");
    frame.setBody(new FrameBodyTXXX((byte) 0, "MUSICBRAINZ_TRACKID", RECORDING));
    ((AbstractID3v2Tag) file.getTag()).setFrame(frame);
    file.commit();
    assertEquals(Optional.of(RECORDING), TagReader.read(copy).recordingId());
    assertEquals(Optional.of(RECORDING), TagReader.read(copy, Optional.empty()).recordingId());
  }

  @Test
  void ofAFileAsItIsOnlyItsTagsArePresent() throws Exception {
    Path file = TestData.audio("mp3-id3v23-cover-id3v1.mp3");
    AudioTags tags = TagReader.read(file);
    assertEquals(Optional.of("Tïtle — ünïcode"), tags.title());
    assertEquals(Optional.of("Max McCracken"), tags.artist());
    assertEquals(Optional.empty(), tags.album());
    assertEquals(Optional.empty(), tags.track());
    assertEquals(Optional.empty(), tags.recordingId());
    assertEquals(tags, TagReader.read(file, Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "opus-mono-24k.opus",
        "wavpack-44k-st.wv",
        "wav-u8-11k-mono.wav",
        "mp3-vbr-noxing.mp3",
        "wmav2-44k-64k.wma"
      })
  void whatHasNoTagsOrCannotBeReadIsEmpty(String name) throws Exception {
    AudioTags none = TagNames.tags(Map.of());
    assertEquals(none, TagReader.read(TestData.audio(name)));
    assertEquals(none, TagReader.read(TestData.audio(name), Optional.empty()));
  }

  @Test
  void whatFfmpegSaysIsNotAskedForAgain() throws Exception {
    Path file = tagged("mp3-cbr128-js-44k.mp3");
    String other = ACOUST_ID;
    AudioTags tags = TagReader.read(file, Optional.of(Map.of("musicbrainz_trackid", other)));
    assertEquals(TagNames.tags(Map.of("musicbrainz_trackid", other)), tags);
    AudioTags both = TagReader.read(file, Optional.of(Map.of("title", "Another")));
    assertEquals(Optional.of("Another"), both.title());
    assertEquals(Optional.of(RECORDING), both.recordingId());
  }

  @Test
  void aFileThatCannotBeOpenedIsAnError() {
    for (Path path : new Path[] {folder.resolve("no.mp3"), folder}) {
      assertThrows(DecodeException.class, () -> TagReader.read(path));
      assertThrows(DecodeException.class, () -> TagReader.read(path, Optional.empty()));
    }
    DecodeException e =
        assertThrows(
            DecodeException.class,
            () -> TagReader.read(folder.resolve("no.mp3"), Optional.empty()));
    assertEquals("Could not open the input file (No such file or directory)", e.getMessage());
  }

  @Test
  void nothingIsLogged() throws Exception {
    TagReader.read(TestData.audio("mp3-id3v23-cover-id3v1.mp3"), Optional.empty());
    Path file = tagged("mp3-id3v23-cover-id3v1.mp3");
    List<String> logged = new ArrayList<>();
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord record) {
            logged.add(record.getMessage());
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    Logger root = Logger.getLogger("");
    root.addHandler(handler);
    try {
      assertEquals(FULL, TagReader.read(file, Optional.empty()));
    } finally {
      root.removeHandler(handler);
    }
    assertEquals(List.of(), logged);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"mp3-id3v23-cover-id3v1.mp3", "wav-u8-11k-mono.wav", "aiff-s16be-22k-st.aiff"})
  void damagedFilesGiveTagsOrNothing(String name) throws Exception {
    Path file = tagged(name);
    byte[] sound = Files.readAllBytes(file);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long me = Thread.currentThread().getId();
    for (long seed = SEED; seed < SEED + COUNT / 3; seed++) {
      Files.write(file, mutated(sound.clone(), new Random(seed)));
      long before = threads.getThreadAllocatedBytes(me);
      try {
        TagReader.read(file, Optional.empty());
      } catch (IOException | RuntimeException | Error e) {
        throw new AssertionError(name + " -Dtests.seed=" + seed, e);
      }
      long allocated = threads.getThreadAllocatedBytes(me) - before;
      assertTrue(allocated < 64L << 20, name + " seed " + seed + ": " + allocated + " bytes");
    }
  }

  private static byte[] mutated(byte[] bytes, Random random) {
    int header = Math.min(bytes.length, 300);
    int edits = 1 + random.nextInt(4);
    for (int i = 0; i < edits; i++) {
      int at = random.nextBoolean() ? random.nextInt(header) : random.nextInt(bytes.length);
      bytes[at] = random.nextBoolean() ? (byte) 0xff : (byte) random.nextInt();
    }
    return random.nextInt(5) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
  }
}
