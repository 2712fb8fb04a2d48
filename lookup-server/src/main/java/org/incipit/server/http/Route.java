package org.incipit.server.http;

import org.jspecify.annotations.Nullable;

/**
 * What a request is answered by.
 *
 * @param path as it was given, for logs and metrics: of few different values
 * @param handler with all middleware around it; on the route of a WebSocket it runs before the
 *     handshake and sets the status to 101 if there is to be one
 * @param webSocket set if the handshake leads to a WebSocket
 * @param maxBodyBytes for this route alone; 0 for what {@link HttpLimits} says; {@link
 *     Long#MAX_VALUE} for a route that streams without limit, whose time limit holds from one piece
 *     of a body to the next; if set it holds for what is unpacked of the body, too
 * @param errors how errors are written that no handler or middleware has answered
 */
public record Route(
    Method method,
    String path,
    RunsOn runsOn,
    Handler handler,
    WebSocket.@Nullable Handler webSocket,
    long maxBodyBytes,
    ErrorAnswer.Format errors) {}
