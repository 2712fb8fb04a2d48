package org.incipit.server.fpindex;

import java.io.IOException;
import org.incipit.server.index.MetadataLimitException;
import org.incipit.server.index.VersionMismatchException;
import org.incipit.server.index.catalog.IndexDamagedException;
import org.incipit.server.index.catalog.IndexExistsException;
import org.incipit.server.index.catalog.IndexNotFoundException;
import org.incipit.server.index.catalog.IndexNotReadyException;
import org.incipit.server.index.snapshot.SnapshotFormatException;

/** A request that is answered with the name of an error. Has no stack trace, as HttpError. */
final class Refusal extends Exception {
  private static final long serialVersionUID = 1;

  /** The names of errors, and their statuses. The first are the original's, the last are ours. */
  enum Name {
    BAD_REQUEST(400, "BadRequest"),
    INVALID_INDEX_NAME(400, "InvalidIndexName"),
    INVALID_FINGERPRINT_ID(400, "InvalidFingerprintId"),
    INDEX_NOT_FOUND(404, "IndexNotFound"),
    FINGERPRINT_NOT_FOUND(404, "FingerprintNotFound"),
    NOT_FOUND(404, "NotFound"),
    VERSION_MISMATCH(409, "VersionMismatch"),
    INDEX_ALREADY_EXISTS(409, "IndexAlreadyExists"),
    OLDER_INDEX_ALREADY_EXISTS(409, "OlderIndexAlreadyExists"),
    NEWER_INDEX_ALREADY_EXISTS(409, "NewerIndexAlreadyExists"),
    BODY_TOO_BIG(413, "BodyTooBig"),
    UNSUPPORTED_MEDIA_TYPE(415, "UnsupportedMediaType"),
    INDEX_NOT_READY(503, "IndexNotReady"),
    SEARCH_TIMEOUT(503, "SearchTimeout"),
    UNAUTHORIZED(401, "Unauthorized"),
    FOREIGN_ORIGIN(403, "ForeignOrigin"),
    FEED_IS_READ_ONLY(403, "FeedIsReadOnly"),
    METHOD_NOT_ALLOWED(405, "MethodNotAllowed"),
    REQUEST_TIMEOUT(408, "RequestTimeout"),
    MISDIRECTED_REQUEST(421, "MisdirectedRequest"),
    INVALID_SNAPSHOT(400, "InvalidSnapshot"),
    METADATA_TOO_BIG(413, "MetadataTooBig"),
    INTERNAL_ERROR(500, "InternalError"),
    INDEX_DAMAGED(500, "IndexDamaged"),
    STORAGE_ERROR(503, "StorageError"),
    OVERLOADED(503, "Overloaded");

    private final int status;
    private final String text;

    Name(int status, String text) {
      this.status = status;
      this.text = text;
    }

    int status() {
      return status;
    }

    /** As it is in the body. */
    String text() {
      return text;
    }
  }

  private final Name name;

  Refusal(Name name, String reason) {
    super(reason, null, false, false);
    this.name = name;
  }

  /** What a failure of the catalog or of an index means to the client. */
  static Refusal of(IOException e) {
    Name name =
        switch (e) {
          case IndexNotFoundException x -> Name.INDEX_NOT_FOUND;
          case IndexNotReadyException x -> Name.INDEX_NOT_READY;
          case IndexDamagedException x -> Name.INDEX_DAMAGED;
          case VersionMismatchException x -> Name.VERSION_MISMATCH;
          case MetadataLimitException x -> Name.METADATA_TOO_BIG;
          case SnapshotFormatException x -> Name.INVALID_SNAPSHOT;
          case IndexExistsException x ->
              switch (x.conflict()) {
                case EXISTS -> Name.INDEX_ALREADY_EXISTS;
                case OLDER -> Name.OLDER_INDEX_ALREADY_EXISTS;
                case NEWER -> Name.NEWER_INDEX_ALREADY_EXISTS;
              };
          default -> Name.STORAGE_ERROR;
        };
    return new Refusal(name, String.valueOf(e.getMessage()));
  }

  Name name() {
    return name;
  }

  /** What came and what was wanted. */
  String reason() {
    return String.valueOf(getMessage());
  }
}
