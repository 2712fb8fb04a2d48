package org.incipit.cli;

import java.time.Duration;
import org.incipit.server.acoustid.client.Account;
import org.incipit.server.acoustid.client.AcoustidClient;
import org.incipit.server.http.client.ClientLimits;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The web service that a command talks to, {@code --server URL}, and how patiently. */
final class ServiceOptions {
  /** What an open server takes as well as any other. */
  private static final String ANY_KEY = "incipit";

  private static final int ATTEMPTS = 8;

  @Spec(Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--server",
      paramLabel = "URL",
      defaultValue = "http://127.0.0.1:8080",
      description = "The server, with or without /v2 (default ${DEFAULT-VALUE}).")
  private String server = "";

  @Option(
      names = "--client",
      paramLabel = "KEY",
      defaultValue = "",
      description = "Key of the application, needed where a server does not take any.")
  private String client = "";

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      converter = Numbers.Seconds.class,
      defaultValue = "60",
      description = "For an answer, retries included (default ${DEFAULT-VALUE}).")
  private int timeout;

  /** Whether the command line names a server. */
  boolean isServerGiven() {
    return spec.commandLine().getParseResult().hasMatchedOption("--server");
  }

  /** The server of the command line. */
  Account account(String user) {
    return account(server, user);
  }

  /** Another server, with the same keys. */
  Account account(String address, String user) {
    Account account;
    try {
      account = Account.of(address, client.isEmpty() ? ANY_KEY : client, user);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--server: " + e.getMessage(), e);
    }
    if (account.isAcoustidOrg() && client.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "acoustid.org wants --client KEY, from https://acoustid.org/new-application");
    }
    return account;
  }

  AcoustidClient connect(Account account) {
    Duration longest = Duration.ofSeconds(timeout);
    ClientLimits standard = ClientLimits.DEFAULT;
    return new AcoustidClient(
        account,
        new ClientLimits(
            standard.connectTimeout(),
            longest,
            standard.maxAnswerBytes(),
            ATTEMPTS,
            // So that not even the shortest pause is more than three requests a second.
            account.isAcoustidOrg() ? account.interval().multipliedBy(2) : standard.firstPause(),
            longest));
  }
}
