/**
 * Load drivers for the index and the lookup service, from outside: they start the real server in a
 * process of its own and talk to it over sockets. A driver is a client that costs next to nothing:
 * its requests are bytes made beforehand, an answer is read by its length. What the server takes is
 * read from {@code /proc}, so these run on Linux only.
 *
 * <pre>
 * ServiceDriver   load, searches and durable updates
 * IdleDriver      connections that do nothing, and those that are slow on purpose
 * IsolationDriver small requests beside the worst ones
 *
 * LookupDriver    lookups and submissions, with a million fingerprints
 * RecallDriver    whether music is found again
 * KillDriver      what a killed server has acknowledged
 * MutationDriver  requests with something wrong in them
 * OutageDriver    a database that is away
 * </pre>
 */
@NullMarked
package org.incipit.benchmarks.service;

import org.jspecify.annotations.NullMarked;
