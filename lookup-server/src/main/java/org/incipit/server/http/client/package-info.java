/**
 * Requests to other servers, in straight-line code on the JDK's client: {@code WebClient} sends a
 * {@code Call} under the current deadline, unpacks the {@code Answer} up to a limit, tries again
 * where that does no harm, and says clearly whether the peer said no ({@code RefusedException}) or
 * nothing ({@code NoAnswerException}). A thread that calls waits: a virtual one.
 *
 * <p>Imports: {@code http}, {@code task}. Imported by the rooms that have peers.
 */
@NullMarked
package org.incipit.server.http.client;

import org.jspecify.annotations.NullMarked;
