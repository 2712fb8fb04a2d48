package org.incipit.server.fpindex;

import java.util.OptionalLong;

/**
 * How an index is created.
 *
 * @param generation unsigned
 */
record CreateRequest(boolean expectsNone, OptionalLong generation) {
  /** That of a request without a body. */
  static final CreateRequest DEFAULT = new CreateRequest(false, OptionalLong.empty());

  private static final Fields FIELDS = Fields.of("expect_does_not_exist", "generation?");

  static CreateRequest read(BodyReader in) throws BodyFormatException {
    boolean expectsNone = false;
    OptionalLong generation = OptionalLong.empty();
    in.enterMap();
    for (String field = in.field(FIELDS); field != null; field = in.field(FIELDS)) {
      if (field.equals("generation")) {
        generation = OptionalLong.of(in.u64());
      } else {
        expectsNone = in.bool();
      }
    }
    in.end();
    return new CreateRequest(expectsNone, generation);
  }
}
