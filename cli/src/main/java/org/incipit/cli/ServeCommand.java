package org.incipit.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import org.incipit.server.ConfigException;
import org.incipit.server.ConfigOption;
import org.incipit.server.ConfigReader;
import org.incipit.server.LookupServer;
import org.incipit.server.ServerConfig;
import org.incipit.server.task.Deadline;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** {@code incipit serve}: its options are the components of {@link ServerConfig}. */
final class ServeCommand implements Callable<Integer> {
  private static final int INTERRUPTED = 130;
  private static final int TERMINATED = 143;
  private static final String CONFIG = "config";

  private final CommandSpec spec;
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private volatile boolean stopping;

  private enum Event {
    STOP,
    RELOAD
  }

  private ServeCommand() {
    spec = CommandSpec.wrapWithoutInspection(this);
  }

  /** The command with its options. */
  static CommandSpec spec() {
    CommandSpec spec = new ServeCommand().spec;
    spec.name("serve")
        .mixinStandardHelpOptions(true)
        .addOption(
            OptionSpec.builder("--" + CONFIG)
                .paramLabel("FILE")
                .type(Path.class)
                .description("A properties file with settings, names without their dashes.")
                .build());
    ConfigOption.all().forEach(option -> spec.addOption(option(option)));
    spec.usageMessage()
        .abbreviateSynopsis(true)
        .sortOptions(false)
        .description("Serve indexes over HTTP and, if wanted, the line protocol.")
        .footer(
            "",
            "Each setting is also an environment variable (INCIPIT_LEGACY_PORT) and a key of the"
                + " file (legacy-port). A flag comes before a variable, that before the file;"
                + " INCIPIT_CONFIG names the file, too.",
            "",
            "SIGTERM and SIGINT let what is under way finish, a second one does not; SIGHUP reads"
                + " tokens and TLS files again.");
    return spec;
  }

  private static OptionSpec option(ConfigOption option) {
    String standard = option.standard().isEmpty() ? "" : ", default " + option.standard();
    OptionSpec.Builder builder =
        OptionSpec.builder(option.flag())
            .paramLabel(option.value())
            .type(String.class)
            .description(option.help().replace("%", "%%") + standard + ".");
    return option.isSwitch()
        ? builder.arity("0..1").fallbackValue("true").build()
        : builder.build();
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    ServerConfig config = config();
    ServerLog.begin(config.logFormat());
    ConfigReader.unknownVariables(System.getenv())
        .forEach(name -> ServerLog.warn("unknown variable " + name));
    // From now on: a start may take its time, and is no reason to end otherwise.
    Signals.on("TERM", () -> stop(TERMINATED));
    Signals.on("INT", () -> stop(INTERRUPTED));
    Signals.on("HUP", () -> events.add(Event.RELOAD));
    try (LookupServer server = LookupServer.start(config)) {
      ServerLog.open();
      server.warnings().forEach(ServerLog::warn);
      server.addresses().forEach(address -> ServerLog.say("listening: " + address));
      while (events.take() == Event.RELOAD) {
        List<String> failures = server.reload();
        failures.forEach(ServerLog::warn);
        if (failures.isEmpty()) {
          ServerLog.say("tokens and TLS files read again");
        }
      }
      if (!server.drain(Deadline.after(config.drainTimeoutMs()))) {
        ServerLog.warn("some requests were cut off, they took too long to end");
      }
    }
    return 0;
  }

  /** At the second time nobody waits any longer. */
  private void stop(int exit) {
    if (stopping) {
      Runtime.getRuntime().halt(exit);
    }
    stopping = true;
    events.add(Event.STOP);
  }

  private ServerConfig config() throws IOException {
    Map<String, String> flags = new HashMap<>();
    @Nullable Path file = null;
    for (OptionSpec option : spec.commandLine().getParseResult().matchedOptions()) {
      Object value = option.getValue();
      if (value instanceof Path path) {
        file = path;
      } else if (value instanceof String text) {
        flags.put(option.longestName().substring(2), text);
      }
    }
    try {
      return ConfigReader.read(flags, System.getenv(), file);
    } catch (ConfigException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }
}
