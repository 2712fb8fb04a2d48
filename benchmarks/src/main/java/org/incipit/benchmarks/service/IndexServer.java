package org.incipit.benchmarks.service;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.incipit.server.ConfigException;
import org.incipit.server.ConfigReader;
import org.incipit.server.LookupServer;
import org.incipit.server.http.HttpLimits;
import org.incipit.server.http.Router;
import org.incipit.server.http.RunsOn;
import org.incipit.server.http.netty.HttpServer;
import org.incipit.server.net.ListenLimits;
import org.incipit.server.net.Listener;
import org.incipit.server.net.NetAddress;
import org.incipit.server.net.Network;

/**
 * The server of the drivers: what {@code incipit serve} starts, with the same settings as {@code
 * name=value}, until its standard input ends. Two more: {@code backend=PORT} listens on one more
 * address, whose requests wait on virtual threads for what a backend on that port says; {@code
 * cold=FOLDER} takes the segments in a folder from memory again and again.
 */
public final class IndexServer {
  /** How the lines begin that say where it listens. */
  static final String LISTENS = "listening: ";

  private IndexServer() {}

  /** Prints where it listens, a line for each, then an empty one. */
  public static void main(String[] args) throws IOException, ConfigException {
    Map<String, String> settings = new HashMap<>();
    for (String arg : args) {
      int end = arg.indexOf('=');
      settings.put(arg.substring(0, end), arg.substring(end + 1));
    }
    String backend = settings.remove("backend");
    String cold = settings.remove("cold");
    try (LookupServer server = LookupServer.start(ConfigReader.read(settings, Map.of(), null));
        Network network = new Network(1)) {
      server.addresses().forEach(address -> System.out.println(LISTENS + address));
      if (backend != null) {
        Listener listener = serveBackend(network, Integer.parseInt(backend));
        System.out.println(LISTENS + "backend " + listener.address());
      }
      if (cold != null) {
        Thread.ofPlatform().daemon().start(new ColdPages(Path.of(cold)));
      }
      System.out.println();
      System.in.transferTo(OutputStream.nullOutputStream());
    }
  }

  private static Listener serveBackend(Network network, int port) throws IOException {
    Router router =
        new Router()
            .get(
                "/wait",
                RunsOn.VIRTUAL,
                (request, response) -> {
                  try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                    response.status(socket.getInputStream().read() < 0 ? 502 : 200);
                  }
                });
    return network.listen(
        NetAddress.parse("127.0.0.1:0"),
        ListenLimits.DEFAULT,
        new HttpServer(router, HttpLimits.DEFAULT, 1));
  }
}
