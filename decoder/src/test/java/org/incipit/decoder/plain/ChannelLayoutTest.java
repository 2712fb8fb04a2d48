package org.incipit.decoder.plain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChannelLayoutTest {
  @ParameterizedTest
  @CsvSource({
    "1, 0, mono",
    "2, 0, stereo",
    "3, 0, 2.1",
    "4, 0, 4.0",
    "5, 0, 5.0",
    "6, 0, 5.1",
    "7, 0, 6.1",
    "8, 0, 7.1",
    "9, 0, 9 channels",
    "6, 60f, 5.1(side)",
    "4, 33, quad",
    "2, 30, 2 channels",
    "2, 7, stereo",
    "1, 1, 1 channels"
  })
  void aLayoutHasTheNameThatFfmpegGivesIt(int channels, String mask, String name) {
    assertEquals(name, ChannelLayout.of(channels, Integer.parseInt(mask, 16)).name());
  }

  @Test
  void aSingleChannelIsHeardWhateverItsSpeaker() {
    assertEquals(1, ChannelLayout.of(1, 0x8).gainsToMono().orElseThrow()[0]);
  }

  @Test
  void nobodyKnowsHowToMixMoreThanEightChannels() {
    assertTrue(ChannelLayout.of(9, 0).gainsToMono().isEmpty());
    assertTrue(ChannelLayout.of(512, 0).gainsToMono().isEmpty());
  }
}
