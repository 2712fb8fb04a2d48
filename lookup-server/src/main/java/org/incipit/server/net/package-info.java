/**
 * Sockets: the event loops of the process and what listens on them.
 *
 * <p>Imports: {@code task}. Imported by {@code http.netty} and the rooms that speak a protocol of
 * their own.
 */
@NullMarked
package org.incipit.server.net;

import org.jspecify.annotations.NullMarked;
