package org.incipit.decoder.ffmpeg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.incipit.decoder.audio.DecodeException;
import org.incipit.decoder.audio.DecodeOptions;
import org.incipit.testdata.TestData;
import org.junit.jupiter.api.Test;

class FfmpegTagsTest {
  @Test
  void theTagsOfAFileAreRead() throws Exception {
    Path file = TestData.audio("mp3-id3v23-cover-id3v1.mp3");
    Map<String, String> tags = FfmpegTags.read(file, DecodeOptions.FINGERPRINT);
    assertEquals("Tïtle — ünïcode", tags.get("title"));
    assertEquals("Max McCracken", tags.get("artist"));
    try (InputStream in = Files.newInputStream(file)) {
      assertEquals(tags, FfmpegTags.read(in, DecodeOptions.FINGERPRINT));
    }
  }

  @Test
  void keysAreInLowerCaseWhateverTheFileHas() throws Exception {
    Map<String, String> tags =
        FfmpegTags.read(TestData.audio("edge-fx-2.06s-44k-st.ogg"), DecodeOptions.FINGERPRINT);
    for (String key : tags.keySet()) {
      assertEquals(key.toLowerCase(java.util.Locale.ROOT), key);
    }
  }

  @Test
  void whatCannotBeOpenedHasNoTags() {
    assertThrows(
        DecodeException.class,
        () -> FfmpegTags.read(TestData.audio("bad-text.mp3"), DecodeOptions.FINGERPRINT));
  }
}
