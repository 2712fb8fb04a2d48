package org.incipit.server.fpindex;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A test of a served API. */
abstract class ApiTest {
  @TempDir Path folder;
  ApiServer server;

  @BeforeEach
  final void serve() throws Exception {
    server = new ApiServer(folder);
  }

  @AfterEach
  final void stop() throws Exception {
    server.close();
  }

  /** A body that changes one document. */
  static String insert(long id, String hashes) {
    return "{\"changes\":[{\"insert\":{\"id\":" + id + ",\"hashes\":[" + hashes + "]}}]}";
  }
}
