/**
 * The lookup service: an inverted index over sub-fingerprints, the catalogue it follows, and the
 * network that serves both. {@link org.incipit.server.LookupServer} builds and closes the whole, as
 * {@link org.incipit.server.ServerConfig} says.
 *
 * <p>A setting is a component of that record, its {@code Setting} says unit, bounds and default,
 * and flag, environment variable and key of a file are derived from its name ({@link
 * org.incipit.server.ConfigOption}); {@link org.incipit.server.ConfigReader} reads all three.
 *
 * <p>Imports: {@code fpindex}, {@code http}, {@code http.middleware}, {@code http.netty}, {@code
 * net}, {@code task}, {@code index}, {@code index.catalog}, {@code index.file}, {@code
 * index.segment}. Nothing in this module imports it.
 */
@NullMarked
package org.incipit.server;

import org.jspecify.annotations.NullMarked;
