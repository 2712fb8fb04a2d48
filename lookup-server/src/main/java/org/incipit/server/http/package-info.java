/**
 * HTTP as handlers see it: values and interfaces, nothing of sockets.
 *
 * <p>Imports: {@code task}. Imported by {@code http.netty}, {@code http.client} and the rooms that
 * speak a contract.
 */
@NullMarked
package org.incipit.server.http;

import org.jspecify.annotations.NullMarked;
