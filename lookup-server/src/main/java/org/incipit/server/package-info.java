/**
 * The lookup service: an inverted index over sub-fingerprints, the catalogue it follows, and the
 * network that serves both. The index stands, in {@code index}; the other rooms are not there yet.
 */
@NullMarked
package org.incipit.server;

import org.jspecify.annotations.NullMarked;
