package org.incipit.decoder.ffmpeg;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.incipit.decoder.audio.DecodeOptions;
import org.incipit.testdata.TestData;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Digests of what FFmpeg 5.1.9 made of the golden files: {@code ffmpeg -i FILE -vn -af
 * aresample=11025:resampler=swr:filter_size=16:phase_shift=8:linear_interp=1:cutoff=0.8,
 * aformat=sample_fmts=s16:sample_rates=11025:channel_layouts=mono -f s16le -}.
 */
class SampleParityTest {
  @ParameterizedTest
  @CsvSource({
    "aiff-s16be-22k-st.aiff, 44100, af648b512eba00ef",
    "alac-44k-st.m4a, 44100, 0b6c67cde0858d1b",
    "edge-short-1.0s.flac, 11025, e1df63a4938d71d3",
    "edge-short-2.5s.flac, 27562, baad21863f518d67",
    "edge-short-2.7s.flac, 29767, e6b70119b7080844",
    "edge-short-2.9s.flac, 31972, 0d5bdd09820f583a",
    "edge-short-3.2s.flac, 35280, f7b92780130f9e1e",
    "flac-unknown-total.flac, 88200, 7b731fc228ac8faa",
    "flac16-22k-mono.flac, 154350, 2bf58c9f2ce886d0",
    "flac16-44k-st.flac, 66150, 6a00c876cb974f54",
    "flac16-51-22k.flac, 44100, a1a0a0c27f0b78ee",
    "syn-chord-tremolo-12s.flac, 132300, 5e2d786a90ef6278",
    "syn-silence-10s.flac, 110250, 45fb833b1fe3a8bd",
    "syn-sine440-10s.flac, 110250, 344cda162fa7ee96",
    "syn-square-fullscale-3s.flac, 33075, 9454933628347987",
    "syn-sweep-20-10k-12s.flac, 132300, c226954fa995f4df",
    "syn-whitenoise-8s.flac, 88200, d776df901fa6a488",
    "wav-mulaw-8k-mono.wav, 88200, 9cc402f28c30c569",
    "wav-s16-11k-mono-native.wav, 88186, d79056ee089c4099",
    "wav-s16-44k-st.wav, 44100, bbb7fdf7ed4a871b",
    "wav-s16-8k-mono.wav, 66150, 427c04e78c72f8ab",
    "wav-u8-11k-mono.wav, 88200, 194c57c23a9b6d94",
    "wavpack-44k-st.wv, 44100, 420fcd1732b0c3f8"
  })
  void sourcesOfAtMostSixteenBitsGiveTheSamplesOfTheReference(
      String file, int samples, String digest) throws Exception {
    short[] decoded = Pcm.decode(TestData.audio(file), DecodeOptions.FINGERPRINT);
    assertEquals(samples, decoded.length);
    assertEquals(digest, Pcm.digest(decoded));
  }

  @ParameterizedTest
  @CsvSource({
    "aac-adts-22k-mono.aac, 221184",
    "aac-lc-44k-st.m4a, 198656",
    "ac3-51-48k.ac3, 110426",
    "edge-fx-2.06s-44k-st.ogg, 22737",
    "edge-leading-silence-6s.mp3, 198377",
    "flac24-96k-st.flac, 38588",
    "mp3-cbr128-js-44k.mp3, 264600",
    "mp3-mpeg25-8k-mono.mp3, 275625",
    "mp3-vbr-noxing.mp3, 165600",
    "opus-48k-st-64k.opus, 275552",
    "video-mpeg4-aac.mp4, 165376",
    "video-mpeg4-vorbis.mkv, 165449",
    "video-vp8-opus.webm, 165199",
    "vorbis-copy-22k-mono.ogg, 285824",
    "wav-f32-16k-mono.wav, 44100",
    "wav-imaadpcm-22k-mono.wav, 88783",
    "wav-s24-22k-st.wav, 37485",
    "wav-s32-12k-mono.wav, 44100",
  })
  void otherSourcesGiveAsManySamplesAsTheReference(String file, int samples) throws Exception {
    short[] decoded = Pcm.decode(TestData.audio(file), DecodeOptions.FINGERPRINT);
    assertEquals(samples, decoded.length);
  }

  @ParameterizedTest
  @CsvSource({"wmav2-44k-64k.wma, 164352"})
  void aCodecThatLagsBehindKeepsItsLastFrameAsInTheReference(String file, int samples)
      throws Exception {
    short[] decoded = Pcm.decode(TestData.audio(file), DecodeOptions.FINGERPRINT);
    assertEquals(samples, decoded.length);
  }
}
