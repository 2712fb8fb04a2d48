package org.incipit.server.catalog;

/**
 * What so many submissions say that a track is.
 *
 * @param submissions at least 1
 */
public record SubmittedText(TextMetadata text, int submissions) {}
