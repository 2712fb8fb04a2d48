/**
 * The lookup service: an inverted index over sub-fingerprints, the catalogue it follows, and the
 * network that serves both. Nothing is here yet but the room.
 */
@NullMarked
package org.incipit.server;

import org.jspecify.annotations.NullMarked;
