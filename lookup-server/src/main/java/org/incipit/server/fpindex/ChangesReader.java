package org.incipit.server.fpindex;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.incipit.server.index.change.Batch;
import org.incipit.server.index.change.Change;
import org.jspecify.annotations.Nullable;

/** Reads changes and keeps them, in the memory that their share has. */
final class ChangesReader {
  /** Most hashes of a document. */
  static final int MAX_HASHES = 1 << 24;

  private static final Fields KINDS = Fields.of("insert", "delete", "set_metadata");
  private static final Fields INSERT = Fields.of("id", "hashes");
  private static final Fields DELETE = Fields.of("id");
  private static final Fields SET_METADATA = Fields.of("entries");
  private static final Fields ENTRY = Fields.of("key", "value");

  private final BodyReader in;
  private final ChangesShare share;
  private final List<Change> changes = new ArrayList<>();
  private final Map<String, String> entries = new HashMap<>();
  private boolean hasZero;

  ChangesReader(BodyReader in, ChangesShare share) {
    this.in = in;
    this.share = share;
  }

  /** An array of changes. */
  void read() throws BodyFormatException, Refusal {
    in.enterArray();
    while (in.hasNext()) {
      share.change();
      in.enterMap();
      switch (in.required("what to change", in.field(KINDS))) {
        case "insert" -> insert();
        case "delete" -> delete();
        default -> setMetadata();
      }
      if (in.field(KINDS) != null) {
        throw in.refusal("more than one kind in a change");
      }
    }
  }

  private void insert() throws BodyFormatException, Refusal {
    Long id = null;
    int @Nullable [] hashes = null;
    in.enterMap();
    for (String field = in.field(INSERT); field != null; field = in.field(INSERT)) {
      if (field.equals("id")) {
        id = in.u32();
      } else {
        hashes = in.hashes(MAX_HASHES, share);
      }
    }
    int[] all = in.required("hashes", hashes);
    int known = known(in.required("id", id));
    if (known != 0) {
      changes.add(new Change.Insert(known, all));
    }
  }

  private void delete() throws BodyFormatException, Refusal {
    Long id = null;
    in.enterMap();
    while (in.field(DELETE) != null) {
      id = in.u32();
    }
    int known = known(in.required("id", id));
    if (known != 0) {
      changes.add(new Change.Delete(known));
    }
  }

  /** The id, remembering that there was a 0. */
  private int known(long id) {
    hasZero |= id == 0;
    return (int) id;
  }

  private void setMetadata() throws BodyFormatException, Refusal {
    boolean some = false;
    in.enterMap();
    while (in.field(SET_METADATA) != null) {
      some = true;
      in.enterArray();
      while (in.hasNext()) {
        entry();
      }
    }
    if (!some) {
      throw in.refusal("entries is missing");
    }
  }

  private void entry() throws BodyFormatException, Refusal {
    String key = null;
    String value = null;
    in.enterMap();
    for (String field = in.field(ENTRY); field != null; field = in.field(ENTRY)) {
      if (field.equals("key")) {
        key = in.text();
      } else {
        value = in.text();
      }
    }
    put(entries, in.required("key", key), in.required("value", value));
  }

  private void put(Map<String, String> map, String key, String value) throws Refusal {
    share.entry(key, value);
    map.put(key, value);
  }

  /** A map of metadata, which is not kept. */
  Map<String, String> metadata() throws BodyFormatException, Refusal {
    Map<String, String> map = new HashMap<>();
    in.enterMap();
    for (String key = in.key(); key != null; key = in.key()) {
      put(map, key, in.text());
    }
    return map;
  }

  /** A map that has nothing but hashes. */
  static int[] hashes(BodyReader in, Fields fields, ChangesShare share)
      throws BodyFormatException, Refusal {
    int[] hashes = null;
    share.change();
    in.enterMap();
    while (in.field(fields) != null) {
      hashes = in.hashes(MAX_HASHES, share);
    }
    return in.required("hashes", hashes);
  }

  /**
   * All changes that were read.
   *
   * @param metadata set after what the changes set
   * @throws Refusal if one of them has id 0
   */
  Batch batch(Map<String, String> metadata) throws Refusal {
    if (hasZero) {
      throw new Refusal(Refusal.Name.INVALID_FINGERPRINT_ID, "id must be 1..4294967295 (got 0)");
    }
    entries.putAll(metadata);
    return new Batch(changes, entries);
  }
}
