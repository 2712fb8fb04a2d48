/**
 * A client of AcoustID's web service, ours or acoustid.org's.
 *
 * <pre>
 * Entry, many ─▶ Batches: at most 20 and 1 MiB, halved at 413 ─▶ FormBody ─▶ Transport
 * LookupResult, SubmissionState ◀─ AnswerReader ◀─ JsonValue ◀─ the answer
 * </pre>
 *
 * <p>The transport is HTTP, packed; or another, that whoever makes the client has.
 *
 * <p>Each entry has a {@code Reply} of its own: one that a server cannot take does not spoil the
 * others. What a server refuses is an {@code AcoustidException} with the code of the service.
 *
 * <p>Imports: {@code http.client}, {@code task}. Imported by the command line.
 */
@NullMarked
package org.incipit.server.acoustid.client;

import org.jspecify.annotations.NullMarked;
