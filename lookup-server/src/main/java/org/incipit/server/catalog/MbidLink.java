package org.incipit.server.catalog;

import java.util.UUID;

/**
 * A recording in MusicBrainz that a track is said to be.
 *
 * @param submissions that say so, at least 1
 */
public record MbidLink(UUID mbid, int submissions, boolean isDisabled) {}
