package org.incipit.decoder.audio;

import java.util.Optional;

/**
 * Who made a piece of music, as its file says. What the file does not say is empty.
 *
 * @param track number on its disc, the part before any slash
 * @param disc number of the disc, the part before any slash
 * @param year four digits, the beginning of any longer date
 * @param recordingId MusicBrainz recording id (older taggers call it track id)
 * @param acoustId AcoustID track id
 */
public record AudioTags(
    Optional<String> title,
    Optional<String> artist,
    Optional<String> album,
    Optional<String> albumArtist,
    Optional<Integer> track,
    Optional<Integer> disc,
    Optional<Integer> year,
    Optional<String> recordingId,
    Optional<String> acoustId) {}
