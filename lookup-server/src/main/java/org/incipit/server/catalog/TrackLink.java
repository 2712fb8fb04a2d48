package org.incipit.server.catalog;

import java.util.UUID;

/** A track that is said to be some recording. */
public record TrackLink(UUID track, boolean isDisabled) {}
