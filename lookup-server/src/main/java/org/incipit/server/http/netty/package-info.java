/**
 * HTTP/1.0 and 1.1 (RFC 9110, RFC 9112) on Netty's event loops.
 *
 * <p>Bytes come in through {@code RequestDecoder}: Netty's decoder behind {@code HeadCheck} and
 * {@code ChunkCheck}, which let only complete and well-formed lines pass, so that how a request was
 * split never shows. {@code HttpConnection} finds the route of a request and makes an {@code
 * Exchange} of it, the {@code Turns} keep their order, an {@code Arrival} brings the body. Each
 * runs where its route says: on the loop, on {@code ComputeThreads} or on a virtual thread, which
 * goes on with what was pipelined behind it (a {@code Chain}). {@code Dispatch} starts these, and
 * flushes answers, at the end of a {@code Round} of the loop. {@code ServerRequest} reads a {@code
 * WholeBody} or a {@code StreamedBody}, which all share one {@code BodyMemory}; {@code
 * ServerResponse} writes through a {@code HeldOutput} or a {@code StreamedOutput}, which give an
 * answer the {@code AnswerShape} that its request wants; {@code AnswerHead} puts heads into bytes;
 * {@code ServerEvents} are written to a {@code StreamedOutput} without end. A {@code RequestTime}
 * is what is left for an answer, {@code Reading} says whether anything more is read; all time-outs
 * are looked after by one {@code Sweep} for each loop.
 *
 * <p>A {@code Handshake} makes a {@code SocketConnection} of the connection. Its pipeline: {@code
 * FrameDecoder} (Netty's, stricter), Netty's flow control and permessage-deflate, which so unpacks
 * only what is wanted, then {@code MessageBuilder} and the {@code Inbox} from which {@code
 * ServerWebSocket} receives.
 *
 * <p>Threads: a connection's state belongs to its loop; what crosses over goes through the two
 * streams, the commit flag of the exchange, or is handed to the loop as a task.
 *
 * <p>Imports: {@code http}, {@code net}, {@code task}.
 */
@NullMarked
package org.incipit.server.http.netty;

import org.jspecify.annotations.NullMarked;
