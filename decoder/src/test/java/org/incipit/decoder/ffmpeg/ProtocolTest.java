package org.incipit.decoder.ffmpeg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.incipit.decoder.AudioDecoder;
import org.incipit.decoder.audio.DecodeException;
import org.incipit.decoder.audio.DecodeException.Stage;
import org.incipit.decoder.audio.DecodeOptions;
import org.incipit.decoder.audio.PcmSource;
import org.incipit.testdata.TestData;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProtocolTest {
  private static final DecodeOptions FINGERPRINT = DecodeOptions.FINGERPRINT;
  private static final List<String> WITH_NETWORK = List.of("file", "http", "tcp");

  @TempDir Path folder;
  private ServerSocket server;
  private String url;

  @BeforeEach
  void listen() throws Exception {
    server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    server.setSoTimeout(100);
    url = "http://127.0.0.1:" + server.getLocalPort() + "/x.ts";
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @Test
  void aUrlReachesTheNetworkOnlyIfItsProtocolIsAllowed() throws Exception {
    assertEquals(Stage.OPEN, failure(url, FINGERPRINT).stage());
    assertNobodyCame();
    CompletableFuture<Void> answer = CompletableFuture.runAsync(this::serveAudio);
    DecodeOptions options = FINGERPRINT.withProtocols(WITH_NETWORK);
    try (PcmSource source = AudioDecoder.openNamed(bytes(url), options)) {
      assertEquals(66150, Pcm.all(source).length);
    }
    answer.join();
  }

  @Test
  void withoutAnyProtocolNoFileIsOpened() {
    DecodeOptions options = FINGERPRINT.withProtocols(List.of());
    String name = TestData.audio("wav-s16-8k-mono.wav").toString();
    assertEquals(Stage.OPEN, failure(name, options).stage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nURL\n#EXT-X-ENDLIST\n",
        "ffconcat version 1.0\nfile 'URL'\n",
        "<?xml version='1.0'?><MPD type='static'><Period><AdaptationSet mimeType='audio/mp4'>"
            + "<BaseURL>URL</BaseURL></AdaptationSet></Period></MPD>"
      })
  void aPlaylistDoesNotLeadToTheNetwork(String playlist) throws Exception {
    byte[] text = bytes(playlist.replace("URL", url));
    Path file = Files.write(folder.resolve("list.m3u8"), text);
    assertThrows(DecodeException.class, () -> Pcm.decode(file, FINGERPRINT));
    assertThrows(DecodeException.class, () -> decodeStream(text, FINGERPRINT));
    DecodeOptions options = FINGERPRINT.withProtocols(WITH_NETWORK);
    assertThrows(DecodeException.class, () -> decodeStream(text, options));
    assertNobodyCame();
  }

  @Test
  void whereTheNetworkIsAllowedAPlaylistReachesIt() throws Exception {
    byte[] text =
        bytes(
            "#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nURL\n#EXT-X-ENDLIST\n"
                .replace("URL", url));
    Path file = Files.write(folder.resolve("list.m3u8"), text);
    DecodeOptions options = FINGERPRINT.withProtocols(WITH_NETWORK);
    server.setSoTimeout(10_000);
    CompletableFuture<Void> visit =
        CompletableFuture.runAsync(() -> {
          try {
            server.accept().close();
          } catch (IOException e) {
            throw new AssertionError(e);
          }
        });
    assertThrows(DecodeException.class, () -> Pcm.decode(file, options));
    visit.join();
  }

  @Test
  void aPlaylistInAFileLeadsToItsNeighboursAndOneInAStreamNowhere() throws Exception {
    // Without a place of its own, a playlist in a stream starts from the working directory.
    Path here = Files.createDirectories(Path.of("target", "playlist"));
    Path wav = here.resolve("a.wav");
    Files.copy(TestData.audio("wav-s16-8k-mono.wav"), wav, StandardCopyOption.REPLACE_EXISTING);
    byte[] text = bytes("ffconcat version 1.0\nfile target/playlist/a.wav\n");
    Path list = Files.write(Path.of("list.ffconcat"), text);
    try {
      assertEquals(66150, Pcm.decode(list, FINGERPRINT).length);
    } finally {
      Files.delete(list);
    }
    assertThrows(DecodeException.class, () -> decodeStream(text, FINGERPRINT));
  }

  private static void decodeStream(byte[] bytes, DecodeOptions options) throws DecodeException {
    try (PcmSource source = AudioDecoder.open(new ByteArrayInputStream(bytes), options)) {
      Pcm.all(source);
    }
  }

  private static DecodeException failure(String name, DecodeOptions options) {
    return assertThrows(DecodeException.class, () -> AudioDecoder.openNamed(bytes(name), options));
  }

  private void assertNobodyCame() {
    assertThrows(SocketTimeoutException.class, server::accept);
  }

  private void serveAudio() {
    try {
      server.setSoTimeout(10_000);
      byte[] wav = Files.readAllBytes(TestData.audio("wav-s16-8k-mono.wav"));
      try (var connection = server.accept()) {
        connection.getInputStream().read(new byte[4096]);
        connection
            .getOutputStream()
            .write(bytes("HTTP/1.0 200 OK\r\nContent-Length: " + wav.length + "\r\n\r\n"));
        connection.getOutputStream().write(wav);
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
