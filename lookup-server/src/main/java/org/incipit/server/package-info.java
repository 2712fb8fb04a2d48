/**
 * The lookup service: inverted indexes over sub-fingerprints, the catalogue that one of them
 * follows, and the network that serves both.
 *
 * <pre>
 * LookupServer       builds and closes the whole, as ServerConfig says
 *  ├ fpindex         the API of indexes, and the line protocol
 *  └ CatalogService  catalogue → index that follows it → importer, lookups, web service
 * DirectLookup       lookups in a directory that no server has
 * </pre>
 *
 * <p>A setting is a component of that record, its {@code Setting} says unit, bounds and default,
 * and flag, environment variable and key of a file are derived from its name ({@link
 * org.incipit.server.ConfigOption}); {@link org.incipit.server.ConfigReader} reads all three.
 *
 * <p>Imports all of this module but {@code backup}; of {@code index} the rooms {@code catalog},
 * {@code file}, {@code segment}. Nothing in this module imports it.
 */
@NullMarked
package org.incipit.server;

import org.jspecify.annotations.NullMarked;
