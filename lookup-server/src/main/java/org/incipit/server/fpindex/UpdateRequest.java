package org.incipit.server.fpindex;

import java.util.Map;
import java.util.OptionalLong;
import org.incipit.server.index.change.Batch;

/** Changes to an index. */
record UpdateRequest(Batch batch, OptionalLong expectedVersion) {
  private static final Fields FIELDS = Fields.of("changes", "metadata?", "expected_version?");

  /**
   * Reads one.
   *
   * @param share of the memory for changes; stays the caller's
   * @throws Refusal if a change has id 0, and nothing else is wrong with the body; or if the
   *     changes find no room
   */
  static UpdateRequest read(BodyReader in, ChangesShare share) throws BodyFormatException, Refusal {
    ChangesReader changes = new ChangesReader(in, share);
    boolean some = false;
    OptionalLong expected = OptionalLong.empty();
    Map<String, String> metadata = Map.of();
    in.enterMap();
    for (String field = in.field(FIELDS); field != null; field = in.field(FIELDS)) {
      switch (field) {
        case "changes" -> {
          changes.read();
          some = true;
        }
        case "metadata" -> metadata = changes.metadata();
        default -> expected = OptionalLong.of(in.u64());
      }
    }
    if (!some) {
      throw in.refusal("changes is missing");
    }
    in.end();
    return new UpdateRequest(changes.batch(metadata), expected);
  }

  /** One insertion: of the body of a document's PUT. */
  static int[] readHashes(BodyReader in, ChangesShare share) throws BodyFormatException, Refusal {
    int[] hashes = ChangesReader.hashes(in, Fields.of("hashes"), share);
    in.end();
    return hashes;
  }
}
