package org.incipit.server.http;

import org.jspecify.annotations.Nullable;

/** A file of a multipart form. */
public final class Upload {
  private final String name;
  private final String fileName;
  private final @Nullable String contentType;
  private final byte[] content;

  /** Takes over the content. */
  public Upload(String name, String fileName, @Nullable String contentType, byte[] content) {
    this.name = name;
    this.fileName = fileName;
    this.contentType = contentType;
    this.content = content;
  }

  /** Of the field. */
  public String name() {
    return name;
  }

  /** That the other side gave; not to be trusted as a path. */
  public String fileName() {
    return fileName;
  }

  /** That the other side gave. */
  public @Nullable String contentType() {
    return contentType;
  }

  /** The bytes; not to be changed. */
  public byte[] content() {
    return content;
  }
}
