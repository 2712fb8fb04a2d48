package org.incipit.server.fpindex;

/** How an index is deleted. */
record DeleteRequest(boolean expectsOne) {
  /** That of a request without a body. */
  static final DeleteRequest DEFAULT = new DeleteRequest(false);

  private static final Fields FIELDS = Fields.of("expect_exists");

  static DeleteRequest read(BodyReader in) throws BodyFormatException {
    boolean expectsOne = false;
    in.enterMap();
    while (in.field(FIELDS) != null) {
      expectsOne = in.bool();
    }
    in.end();
    return new DeleteRequest(expectsOne);
  }
}
