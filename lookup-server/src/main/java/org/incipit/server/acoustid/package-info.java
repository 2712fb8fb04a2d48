/**
 * AcoustID's web service, version 2, as its clients know it.
 *
 * <p>{@code AcoustidApi} is the table of routes: each leads to a {@code Call.Endpoint},
 * straight-line code that reads keys and {@code Arguments}, lets {@code RateLimits} admit the
 * request, and works, in this order, so that a request that makes no sense is told so before it is
 * told to wait. It returns {@code Fields} or throws an {@code ApiError}.
 *
 * <pre>
 * Answers      around all: the answer in its Rendering, and what never got to an endpoint
 * Rendering    json | jsonp | xml of the same tree: JsonText, XmlText over Node and Fields, whose
 *              lists are LazyNodes if they may be long, as AnswerBytes; so many LongAnswers
 *              are made at the same time
 * Arguments    query string and form; FormText reads what was written by hand, too; SentFingerprint
 * Suffix       one of several entries of a request: fingerprint.3, duration.3
 * LookupEndpoint     LookupRequest, Meta → TrackTrees, TextTrees
 * SubmitEndpoint     SubmittedEntry → submissions; StatusEndpoint tells what became of them
 * TrackEndpoints, UserEndpoints      the small ones
 * KnownKeys, RateLimits, TrustedProxies      who asks, and how much
 * LookupAnswers      lookups alone, without HTTP, keys and limits
 * </pre>
 *
 * <p>There is no data of MusicBrainz: a recording is told by its MBID alone, and what users have
 * submitted as text where it is asked for by name.
 *
 * <p>Imports: {@code http}, {@code http.middleware}, {@code metrics}, {@code catalog}, {@code
 * catalog.store}, {@code lookup}, {@code org.incipit.fingerprint}. Imported by {@code
 * org.incipit.server}.
 */
@NullMarked
package org.incipit.server.acoustid;

import org.jspecify.annotations.NullMarked;
