/**
 * An example application on the HTTP layer, with the routes of httpbin.org: {@code incipit httpbin
 * -l HOST:PORT}. What a request looked like on its way in comes back as JSON, so that clients that
 * share no code with the server can look at it from outside.
 *
 * <p>{@code Httpbin} starts it, {@code Routes} says what there is and where it runs, {@code
 * RequestReport} writes requests down, {@code Streams} answers bit by bit, {@code Samples} holds
 * fixed documents.
 *
 * <p>Arrows: this package -> server.http, server.http.netty, server.net, server.task. Nothing
 * imports it; the distribution carries it as a jar of its own.
 */
@NullMarked
package org.incipit.benchmarks.httpbin;

import org.jspecify.annotations.NullMarked;
