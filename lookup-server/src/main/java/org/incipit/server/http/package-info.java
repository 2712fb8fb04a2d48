/**
 * HTTP as handlers see it: values and interfaces, nothing of sockets. A whole server, which runs
 * until its input ends:
 *
 * <pre>{@code
 * import org.incipit.server.http.*;
 * import org.incipit.server.http.middleware.*;
 * import org.incipit.server.http.netty.*;
 * import org.incipit.server.net.*;
 *
 * void main(String[] args) throws Exception {
 *   Router router = new Router().use(new AccessLog(System.getLogger("access")));
 *   router.get("/hello/:name", RunsOn.EVENT_LOOP, (request, response) ->
 *       response.send("Hello, " + request.pathParameters().required("name") + "!"));
 *   router.post("/copy", RunsOn.VIRTUAL, (request, response) ->
 *       request.input().transferTo(response.output()));
 *   router.group("/api", api -> api.use(Cors.anyOrigin())
 *       .get("/double", RunsOn.COMPUTE, (request, response) -> {
 *         long number = request.query().integer("number", 0, 1_000_000);
 *         response.send("application/json", ("[" + 2 * number + "]").getBytes());
 *       }));
 *   try (Network network = new Network(1);
 *       HttpServer server = new HttpServer(router, HttpLimits.DEFAULT);
 *       Listener listener =
 *           network.listen(new NetAddress.Tcp(args[0], 0), ListenLimits.DEFAULT, server)) {
 *     IO.println(listener.address());
 *     System.in.transferTo(OutputStream.nullOutputStream());
 *   }
 * }
 * }</pre>
 *
 * <p>{@code Router.errors} says how an {@code HttpError} is written for a group of routes.
 *
 * <p>Imports nothing of ours. Imported by {@code http.netty}, {@code http.client}, {@code
 * http.middleware} and the rooms that speak a contract.
 */
@NullMarked
package org.incipit.server.http;

import org.jspecify.annotations.NullMarked;
