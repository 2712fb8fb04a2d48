/**
 * The index's HTTP API, as AcoustID's fpindex speaks it, in JSON and in MessagePack, and its line
 * protocol.
 *
 * <p>{@code IndexApi} is the table of routes: each leads to a method of one of the {@code
 * *Operations}, straight-line code over the catalog. A method gets an {@code Exchange}, which is
 * the request and response of HTTP with their forms negotiated, and answers with an {@code Answer}
 * or throws a {@code Refusal}; {@code ErrorBodies} makes the error body of that and of all else.
 *
 * <p>A request knows how it is read from a {@code BodyReader}, an answer how it is written to a
 * {@code BodyWriter}; there is one of each for JSON and MessagePack, so both always say the same. A
 * key of MessagePack is the first letter of the name:
 *
 * <pre>
 * search  := {query:[u32], timeout:u32?, limit:u32?, min_score:u32?, score_pct:u32?}
 * batch   := {queries:[search]}
 * update  := {changes:[change], metadata:{str:str}?, expected_version:u64?}
 * change  := {insert:{id:u32, hashes:[u32]}} | {delete:{id:u32}}
 *          | {set_metadata:{entries:[{key:str, value:str}]}}
 * create  := {expect_does_not_exist:bool?, generation:u64?}
 * delete  := {expect_exists:bool?}
 * put     := {hashes:[u32]}
 * </pre>
 *
 * <p>A search is begun where it is read, goes on in one of the lanes of {@code SearchThreads} if it
 * may wait for the disk or is a large one, and answers from there. Changes have a {@code
 * ChangesShare} of the memory for all of them until they are committed. {@code ServiceMetrics}
 * counts and {@code MetricsText} prints.
 *
 * <p>{@code LineProtocol} is what was there before HTTP: a {@code LineSession} for each connection
 * turns a line into a line, over one index, and keeps a {@code Transaction} until it is committed.
 *
 * <p>Imports: {@code net}, {@code http}, {@code http.middleware}, {@code metrics}, {@code index},
 * {@code index.catalog}, {@code index.change}, {@code index.search}, {@code index.snapshot}.
 * Imported by {@code org.incipit.server}.
 */
@NullMarked
package org.incipit.server.fpindex;

import org.jspecify.annotations.NullMarked;
