package org.incipit.server.fpindex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.zip.GZIPOutputStream;
import org.incipit.server.index.file.SimulatedDisk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Copies of indexes, and what is answered when the disk or an index is not as it should be. */
class StorageApiTest {
  private static final String FULL = "No space left on device";

  @TempDir Path folder;

  private ApiServer open() throws Exception {
    return new ApiServer(folder);
  }

  @Test
  void aSnapshotRestoresToTheSameIndex() throws Exception {
    try (ApiServer server = open()) {
      server.json(200, "PUT", "/a", "");
      server.json(200, "POST", "/a/_update", ApiTest.insert(7, "1,2,3"));
      server.json(200, "POST", "/a/_update", "{\"changes\":[],\"metadata\":{\"k\":\"v\"}}");
      Reply snapshot = server.get("/a/_snapshot");
      assertEquals(200, snapshot.status());
      assertEquals("application/octet-stream", snapshot.type());
      Reply restored = server.send("PUT", "/b/_restore", snapshot.bytes());
      assertEquals(200, restored.status(), restored.text());
      assertEquals("{\"v\":2,\"r\":true,\"g\":1}", Packed.json(restored.bytes()));
      assertEquals(
          server.json(200, "POST", "/a/_search", "{\"query\":[1,2]}"),
          server.json(200, "POST", "/b/_search", "{\"query\":[1,2]}"));
      assertTrue(server.json(200, "GET", "/b", "").contains("\"metadata\":{\"k\":\"v\"}"));
      Reply head = server.send("HEAD", "/a/_snapshot", new byte[0]);
      assertEquals(200, head.status());
      assertEquals("application/octet-stream", head.type());
      assertNull(head.headers().get("content-length"));
      assertEquals(404, server.send("HEAD", "/none/_snapshot", new byte[0]).status());
      ByteArrayOutputStream packed = new ByteArrayOutputStream();
      try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
        gzip.write(snapshot.bytes());
      }
      String[] headers = {"Accept", ApiServer.JSON, "Content-Encoding", "gzip"};
      Reply unpacked = server.send("PUT", "/packed/_restore", packed.toByteArray(), headers);
      assertEquals(200, unpacked.status(), unpacked.text());
      Reply damaged = server.send("PUT", "/damaged/_restore", snapshot.bytes(), headers);
      assertEquals(400, damaged.status());
      assertEquals("{\"error\":\"BadRequest\"}", damaged.text());
      Reply again = server.send("PUT", "/b/_restore", snapshot.bytes(), "Accept", ApiServer.JSON);
      assertEquals(409, again.status());
      assertEquals("{\"error\":\"IndexAlreadyExists\"}", again.text());
    }
  }

  @Test
  void aDamagedSnapshotIsRefusedWhole() throws Exception {
    try (ApiServer server = open()) {
      server.json(200, "PUT", "/a", "");
      server.json(200, "POST", "/a/_update", ApiTest.insert(7, "1,2,3"));
      byte[] snapshot = server.get("/a/_snapshot").bytes();
      byte[] flipped = snapshot.clone();
      flipped[flipped.length / 2] ^= 4;
      for (byte[] body :
          new byte[][] {
            {},
            {1},
            Arrays.copyOf(snapshot, snapshot.length - 1),
            flipped,
            Arrays.copyOf(snapshot, snapshot.length + 1)
          }) {
        Reply reply = server.send("PUT", "/b/_restore", body, "Accept", ApiServer.JSON);
        assertEquals(400, reply.status(), reply.text());
        assertEquals("{\"error\":\"InvalidSnapshot\"}", reply.text());
        assertEquals(404, server.get("/b").status());
      }
      Reply name = server.send("PUT", "/a.b/_restore", snapshot, "Accept", ApiServer.JSON);
      assertEquals("{\"error\":\"InvalidIndexName\"}", name.text());
      assertEquals(404, server.get("/c/_snapshot").status());
    }
  }

  @Test
  void anIndexThatIsBeingRestoredIsLoading() throws Exception {
    try (ApiServer server = open();
        PipedOutputStream out = new PipedOutputStream();
        PipedInputStream in = new PipedInputStream(out, 1 << 20)) {
      server.json(200, "PUT", "/a", "");
      byte[] snapshot = server.get("/a/_snapshot").bytes();
      CountDownLatch begun = new CountDownLatch(1);
      ReadableByteChannel channel = Channels.newChannel(in);
      ReadableByteChannel watched =
          new ReadableByteChannel() {
            @Override
            public int read(ByteBuffer into) throws IOException {
              begun.countDown();
              return channel.read(into);
            }

            @Override
            public boolean isOpen() {
              return true;
            }

            @Override
            public void close() {}
          };
      FutureTask<Long> restore =
          new FutureTask<>(() -> server.catalog.restore("b", OptionalLong.empty(), watched));
      Thread thread = Thread.ofPlatform().start(restore);
      begun.await();
      Reply health = server.get("/b/_health");
      assertEquals(503, health.status());
      assertEquals("LOADING\n", health.text());
      String loading = "{\"error\":\"IndexNotReady\"}";
      assertEquals(loading, server.json(503, "GET", "/b", ""));
      assertEquals(loading, server.json(503, "POST", "/b/_search", "{\"query\":[1]}"));
      assertEquals(loading, server.json(503, "DELETE", "/b", ""));
      assertEquals(loading, server.json(503, "PUT", "/b", ""));
      out.write(snapshot);
      out.close();
      assertEquals(1, restore.get());
      thread.join();
      assertEquals("OK\n", server.get("/b/_health").text());
    }
  }

  /** Nothing more can be written, until somebody else watches it. */
  private static void fill(SimulatedDisk disk) {
    disk.watch((operation, file) -> {
      if (operation == SimulatedDisk.Operation.WRITE
          || operation == SimulatedDisk.Operation.CREATE) {
        throw new IOException(file + ": " + FULL);
      }
      return SimulatedDisk.WHOLE;
    });
  }

  @Test
  void aFullDiskIsToldAndSearchesGoOn() throws Exception {
    SimulatedDisk disk = new SimulatedDisk();
    try (ApiServer server = new ApiServer(disk, Path.of("/data"))) {
      server.json(200, "PUT", "/a", "");
      server.json(200, "POST", "/a/_update", ApiTest.insert(7, "1,2,3"));
      fill(disk);
      for (String body : new String[] {ApiTest.insert(8, "1"), "{\"changes\":[]}"}) {
        String told = server.json(503, "POST", "/a/_update", body);
        assertTrue(told.startsWith("{\"error\":\"StorageError\",\"reason\":\""), told);
        assertTrue(told.contains(FULL), told);
      }
      assertTrue(server.json(503, "PUT", "/a/9", "{\"hashes\":[1]}").contains(FULL));
      assertTrue(server.json(503, "PUT", "/b", "").contains(FULL));
      assertTrue(server.json(503, "GET", "/a/_snapshot", "").contains(FULL));
      assertEquals(
          "{\"results\":[{\"id\":7,\"score\":3}]}",
          server.json(200, "POST", "/a/_search", "{\"query\":[1,2,3]}"));
      disk.watch((operation, file) -> SimulatedDisk.WHOLE);
    }
  }

  private static String syncs(ApiServer server) throws Exception {
    String page = server.get("/_metrics").text();
    return page.replaceAll("(?s).*\\nincipit_log_syncs_total ([0-9]+)\\n.*", "$1");
  }

  @Test
  void aDeletionThatFailsHalfWayForgetsNothingThatWasCounted() throws Exception {
    SimulatedDisk disk = new SimulatedDisk();
    try (ApiServer server = new ApiServer(disk, Path.of("/data"))) {
      server.json(200, "PUT", "/a", "");
      server.json(200, "POST", "/a/_update", ApiTest.insert(7, "1,2,3"));
      fill(disk);
      assertTrue(server.json(503, "DELETE", "/a", "").contains(FULL));
      assertEquals(503, server.get("/a").status());
      assertEquals("1", syncs(server));
      disk.watch((operation, file) -> SimulatedDisk.WHOLE);
      server.json(200, "DELETE", "/a", "");
      assertEquals("1", syncs(server));
    }
  }

  @Test
  void aDamagedIndexIsNamedAndCanOnlyBeDeleted() throws Exception {
    try (ApiServer server = open()) {
      server.json(200, "PUT", "/a", "");
      server.json(200, "PUT", "/b", "");
    }
    try (var files = Files.walk(folder)) {
      Path manifest =
          files
              .filter(file -> file.endsWith(Path.of("a", "1", "manifest")))
              .findFirst()
              .orElseThrow();
      Files.write(manifest, new byte[] {1, 2, 3});
    }
    try (ApiServer server = open()) {
      String damaged = "{\"error\":\"IndexDamaged\"}";
      assertEquals(damaged, server.json(500, "GET", "/a", ""));
      assertEquals(damaged, server.json(500, "PUT", "/a", ""));
      assertEquals(503, server.get("/a/_health").status());
      assertEquals("DAMAGED\n", server.get("/a/_health").text());
      assertTrue(server.get("/_metrics").text().contains("incipit_damaged_indexes 1"));
      assertEquals("OK\n", server.get("/b/_health").text());
      assertEquals("{\"deleted\":true}", server.json(200, "DELETE", "/a", ""));
      assertEquals(404, server.get("/a").status());
    }
  }
}
