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
import org.incipit.server.http.Router;
import org.incipit.server.http.RunsOn;

/**
 * The server of the drivers: what {@code incipit serve} starts, with the same settings as {@code
 * name=value}, until its standard input ends. Two more: {@code backend=PORT} adds the route {@code
 * /wait}, whose requests wait on virtual threads for what a backend on that port says; {@code
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
    try (LookupServer server =
        LookupServer.start(
            ConfigReader.read(settings, Map.of(), null),
            router -> {
              if (backend != null) {
                addWaiting(router, Integer.parseInt(backend));
              }
            })) {
      server.addresses().forEach(address -> System.out.println(LISTENS + address));
      if (cold != null) {
        Thread.ofPlatform().daemon().start(new ColdPages(Path.of(cold)));
      }
      System.out.println();
      System.in.transferTo(OutputStream.nullOutputStream());
    }
  }

  private static void addWaiting(Router router, int port) {
    router.get(
        "/wait",
        RunsOn.VIRTUAL,
        (request, response) -> {
          try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            response.status(socket.getInputStream().read() < 0 ? 502 : 200);
          }
        });
  }
}
