/**
 * Sockets: the event loops of the process and what listens on them. A {@link
 * org.incipit.server.net.Network} is one set of loops; it listens at a {@link
 * org.incipit.server.net.NetAddress}, in the clear or with {@link org.incipit.server.net.TlsFiles},
 * and a {@link org.incipit.server.net.Protocol} gets each connection. The {@link
 * org.incipit.server.net.Listener} counts the connections and ends them: it stops accepting, tells
 * each one's protocol to finish ({@link org.incipit.server.net.Drain}), waits, and closes the rest.
 *
 * <p>Protocols are handlers in Netty's pipeline, as HTTP's is, or straight-line code with a {@link
 * org.incipit.server.net.Connection} on a virtual thread. Who writes the latter does not see Netty.
 *
 * <p>Arrows: this package imports {@code task}; {@code http.netty} and the rooms that speak a
 * protocol of their own import it. Only it and {@code http.netty} see {@code io.netty}.
 */
@NullMarked
package org.incipit.server.net;

import org.jspecify.annotations.NullMarked;
