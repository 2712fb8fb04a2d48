package org.incipit.server.catalog;

import java.util.UUID;
import org.incipit.fingerprint.Fingerprint;

/**
 * A fingerprint of a track.
 *
 * @param duration whole seconds of the whole file
 */
public record StoredFingerprint(
    long id, long track, UUID trackGid, int duration, Fingerprint fingerprint) {}
