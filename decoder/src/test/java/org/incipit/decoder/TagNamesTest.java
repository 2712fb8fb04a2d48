package org.incipit.decoder;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.incipit.decoder.audio.AudioTags;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TagNamesTest {
  private static final String ID = "b1a9c0e9-d987-4042-ae91-78d6a3267d69";

  private static AudioTags tags(String name, String value) {
    return TagNames.tags(Map.of(name, value));
  }

  @Test
  void whatIsNotThereIsEmpty() {
    Optional<String> text = Optional.empty();
    Optional<Integer> number = Optional.empty();
    assertEquals(
        new AudioTags(text, text, text, text, number, number, number, text, text),
        TagNames.tags(Map.of("comment", "made by hand")));
  }

  @Test
  void everyTaggersNamesAreKnown() {
    for (String name : new String[] {"album_artist", "albumartist", "album artist"}) {
      assertEquals(Optional.of("A"), tags(name, "A").albumArtist());
    }
    for (String name :
        new String[] {"musicbrainz_trackid", "musicbrainz track id", "musicbrainz/track id"}) {
      assertEquals(Optional.of(ID), tags(name, ID).recordingId());
    }
    for (String name : new String[] {"acoustid_id", "acoustid id", "acoustid/id"}) {
      assertEquals(Optional.of(ID), tags(name, ID).acoustId());
    }
  }

  @ParameterizedTest
  @CsvSource({"3/12, 3", "03, 3", "0012/12, 12", "' 7', 7", "1 of 9, 1", "9999, 9999"})
  void aNumberIsWhatStandsBeforeAnythingElse(String value, int number) {
    assertEquals(Optional.of(number), tags("track", value).track());
    assertEquals(Optional.of(number), tags("discnumber", value).disc());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "0/12", "/12", "A1", "-3", "99999999999", "١"})
  void whatIsNoNumberIsEmpty(String value) {
    assertEquals(Optional.empty(), tags("track", value).track());
  }

  @ParameterizedTest
  @CsvSource({"1999", "1999-12-31", "19991231", "1999-12-31T23:59:59Z"})
  void aYearIsTheBeginningOfADate(String value) {
    assertEquals(Optional.of(1999), tags("date", value).year());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "99", "0000", "0000-00-00", "31.12.1999", "unknown"})
  void whatIsNoYearIsEmpty(String value) {
    assertEquals(Optional.empty(), tags("year", value).year());
  }

  @Test
  void anIdIsTheFirstOfSeveralInLowerCase() {
    String other = ID.replace('b', 'c');
    for (String value : new String[] {ID.toUpperCase(), ID + ";" + other, ID + "/" + other}) {
      assertEquals(Optional.of(ID), tags("musicbrainz_trackid", value).recordingId());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "b1a9c0e9", "not an id", "b1a9c0e9-d987-4042-ae91-78d6a3267d690"})
  void whatIsNoIdIsEmpty(String value) {
    assertEquals(Optional.empty(), tags("acoustid_id", value).acoustId());
  }

  @Test
  void textEndsBeforeBlanksAndZeros() {
    assertEquals(Optional.of("Ocean"), tags("title", " Ocean \0\0").title());
    assertEquals(Optional.empty(), tags("title", " \0junk").title());
    assertEquals(Optional.empty(), tags("artist", "   ").artist());
  }

  @Test
  void theNextNameCountsWhereTheFirstMakesNoSense() {
    Map<String, String> values = new HashMap<>();
    values.put("date", "unknown");
    values.put("year", "2001");
    assertEquals(Optional.of(2001), TagNames.tags(values).year());
  }
}
