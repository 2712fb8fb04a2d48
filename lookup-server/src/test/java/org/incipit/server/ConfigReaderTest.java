package org.incipit.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.incipit.server.http.HttpLimits;
import org.incipit.server.index.IndexConfig;
import org.incipit.server.index.segment.Segment;
import org.incipit.server.index.segment.Segment.Residence;
import org.incipit.server.net.NetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigReaderTest {
  @TempDir private Path folder;

  private static ServerConfig flags(String... namesAndValues) throws Exception {
    Map<String, String> flags = new HashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      flags.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return ConfigReader.read(flags, Map.of(), null);
  }

  private static String refusal(String... namesAndValues) {
    return assertThrows(ConfigException.class, () -> flags(namesAndValues)).getMessage();
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("incipit.properties"), text);
  }

  @Test
  void withoutAnythingTheDefaultsHoldThatTheRoomsHave() throws Exception {
    ServerConfig config = flags();
    assertEquals(Path.of("data"), config.dir());
    assertEquals(List.of(NetAddress.parse("127.0.0.1:8080")), config.httpAddresses());
    assertEquals(List.of(), config.lineAddresses());
    assertEquals(
        IndexConfig.DEFAULT.withVerification(Segment.Verification.LATER), config.indexConfig());
    assertEquals(HttpLimits.DEFAULT, config.httpLimits());
    assertEquals(Duration.ofSeconds(10), config.drainTimeoutMs());
    assertEquals(Runtime.getRuntime().availableProcessors(), config.networkThreads());
  }

  @Test
  void whatIsInMemoryOnlyIsAnEighthOfTheHeapUnlessTold() throws Exception {
    long heap = Runtime.getRuntime().maxMemory();
    assertEquals(Math.min(heap / 8, 512L << 20), flags().indexConfig().memoryBytes());
    assertEquals(2 << 20, flags("memory-bytes", "2097152").indexConfig().memoryBytes());
    assertEquals(1 << 20, flags("memory-bytes", "1").indexConfig().memoryBytes());
  }

  @Test
  void aFlagComesBeforeAVariableAndThatBeforeTheFileAndThatBeforeTheDefault() throws Exception {
    Path file = file("port=1\nlegacy-port = 11\ndir=file\nsearches=5\n");
    Map<String, String> environment = Map.of("INCIPIT_PORT", "2", "INCIPIT_LEGACY_PORT", "12");
    ServerConfig config = ConfigReader.read(Map.of("port", "3"), environment, file);
    assertEquals(3, config.port());
    assertEquals(12, config.legacyPort());
    assertEquals(Path.of("file"), config.dir());
    assertEquals(5, config.indexConfig().searches());
    assertEquals("127.0.0.1", config.host());
  }

  @Test
  void theFileCanBeNamedByTheEnvironment() throws Exception {
    Path file = file("threads=3\n");
    Map<String, String> environment = Map.of("INCIPIT_CONFIG", file.toString());
    assertEquals(3, ConfigReader.read(Map.of(), environment, null).networkThreads());
  }

  @Test
  void everyComponentIsASettingWithNamesOfItsOwn() throws Exception {
    List<ConfigOption> options = ConfigOption.all();
    RecordComponent[] components = ServerConfig.class.getRecordComponents();
    assertEquals(components.length, options.stream().map(ConfigOption::flag).distinct().count());
    for (ConfigOption option : options) {
      assertTrue(option.flag().matches("--[a-z]+(-[a-z]+)*"), option.flag());
      assertTrue(option.variable().matches("INCIPIT_[A-Z]+(_[A-Z]+)*"), option.variable());
      assertFalse(option.help().isEmpty() || option.help().endsWith("."), option.flag());
    }
    ConfigOption legacy =
        options.stream().filter(o -> o.name().equals("legacy-port")).findFirst().orElseThrow();
    assertEquals("--legacy-port", legacy.flag());
    assertEquals("INCIPIT_LEGACY_PORT", legacy.variable());
  }

  @Test
  void onLoopbackOnlyKnownHostsAreTaken() throws Exception {
    assertTrue(flags().ownHosts().takes("localhost:8080"));
    assertFalse(flags().ownHosts().takes("evil.example"));
    assertFalse(flags("listen", "[::1]:1, unix:/run/x").ownHosts().takes("evil.example"));
    assertTrue(flags("host", "0.0.0.0").ownHosts().takes("any.example"));
    assertTrue(flags("listen", "127.0.0.1:1,0.0.0.0:2").ownHosts().takes("any.example"));
    assertTrue(flags("allowed-hosts", "*").ownHosts().takes("any.example"));
    for (String host : List.of("127.0.0.1", "0.0.0.0")) {
      ServerConfig named = flags("host", host, "allowed-hosts", "a.example, B.example");
      assertTrue(named.ownHosts().takes("b.example:80"));
      assertFalse(named.ownHosts().takes("c.example:80"));
    }
    assertTrue(refusal("allowed-hosts", "a.example:80").contains("without ports"));
    assertTrue(refusal("allowed-hosts", "a,,b").contains("without ports"));
  }

  @Test
  void valuesOfAllKindsAreRead() throws Exception {
    ServerConfig config =
        flags(
            "listen",
            "[::1]:1, unix:/run/x",
            "residence",
            "Loaded",
            "checkpoint-age-ms",
            "0",
            "checkpoint-threshold",
            "9000000000",
            "token-file",
            "t",
            "legacy-port",
            "6080");
    assertEquals(
        List.of(NetAddress.parse("[::1]:1"), NetAddress.parse("unix:/run/x")),
        config.httpAddresses());
    assertEquals(List.of(NetAddress.parse("[::1]:6080")), config.lineAddresses());
    assertEquals(Residence.LOADED, config.residence());
    assertEquals(Duration.ZERO, config.indexConfig().checkpointAge());
    assertEquals(9_000_000_000L, config.indexConfig().checkpointPostings());
    assertEquals(Path.of("t"), config.tokenFile().orElseThrow());
  }

  @Test
  void whatCannotBeUsedIsNamedWithItsSource() throws Exception {
    assertEquals(
        "port: must be a whole number from 0 to 65535 (got \"99999\" from --port)",
        refusal("port", "99999"));
    assertEquals(
        "checkpoint-age-ms: must be a whole number from 0 ms on (got \"1s\" from"
            + " --checkpoint-age-ms)",
        refusal("checkpoint-age-ms", "1s"));
    assertEquals(
        "residence: must be mapped or loaded (got \"disk\" from --residence)",
        refusal("residence", "disk"));
    assertEquals(
        "listen: address must be HOST:PORT, [IPV6]:PORT or unix:PATH (got \"8080\" from --listen)",
        refusal("listen", "8080"));
    Map<String, String> environment = Map.of("INCIPIT_PORT", "x");
    ConfigException variable =
        assertThrows(ConfigException.class, () -> ConfigReader.read(Map.of(), environment, null));
    assertTrue(variable.getMessage().endsWith("(got \"x\" from INCIPIT_PORT)"));
    Path file = file("port=-1\n");
    ConfigException key =
        assertThrows(ConfigException.class, () -> ConfigReader.read(Map.of(), Map.of(), file));
    assertTrue(key.getMessage().endsWith("(got \"-1\" from key port of " + file + ")"));
  }

  @Test
  void namesThatCannotBeUsedAreNamedWithTheirSourceToo() throws Exception {
    for (String path : List.of("acoustid", "/a/", "/", "/a b", "//a")) {
      assertEquals(
          "base-path: must be like /acoustid, with no slash behind (got \"%s\" from --base-path)"
              .formatted(path),
          refusal("base-path", path));
    }
    assertEquals("/my/acoustid", flags("base-path", "/my/acoustid").acoustidConfig().basePath());
    assertEquals("", flags("base-path", "").acoustidConfig().basePath());
    for (String host : List.of("a b", "", "[::1]")) {
      assertEquals(
          "host: must be a name or an address, without a port (got \"%s\" from --host)"
              .formatted(host),
          refusal("host", host));
    }
    assertEquals(
        "trusted-proxies: a trusted proxy must be an address, a network like 10.0.0.0/8, or unix"
            + " (got \"x\" from --trusted-proxies)",
        refusal("trusted-proxies", "x"));
    assertEquals(
        "legacy-index: must be 1..255 of A-Z a-z 0-9 _ - (got \"a b\" from --legacy-index)",
        refusal("legacy-index", "a b"));
  }

  /** What a number may be is what the rooms take that are made with it. */
  @Test
  void everyNumberWithinItsBoundsMakesAConfiguration() throws Exception {
    for (RecordComponent component : ServerConfig.class.getRecordComponents()) {
      Setting setting = component.getAnnotation(Setting.class);
      Class<?> type = component.getType();
      boolean isNumber = type == int.class || type == long.class || type == Duration.class;
      if (!isNumber || setting.planned()) {
        continue;
      }
      // Eighteen digits are read.
      long most = Math.min(setting.most(), 999_999_999_999_999_999L);
      for (long number : new long[] {setting.least(), most}) {
        ServerConfig config = flags(ConfigOption.of(component).name(), Long.toString(number));
        config.catalogConfig();
        config.lookupConfig();
        config.acoustidConfig();
        config.httpLimits();
        config.indexConfig();
      }
    }
  }

  @Test
  void whatIsNotThereYetSaysSo() {
    assertEquals(
        "coordinator is not supported yet (from --coordinator)", refusal("coordinator", "true"));
    assertEquals(
        "coordinator-url is not supported yet (from --coordinator-url)",
        refusal("coordinator-url", "http://a"));
    assertEquals("peers is not supported yet (from --peers)", refusal("peers", "http://a"));
    assertEquals(
        "bootstrap-timeout-ms is not supported yet (from --bootstrap-timeout-ms)",
        refusal("bootstrap-timeout-ms", "1"));
  }

  @Test
  void whatExcludesOrNeedsEachOtherSaysSo() {
    assertEquals(
        "listen (from --listen) and port (from --port) exclude each other",
        refusal("listen", "a:1", "port", "2"));
    assertEquals("tls-key (from --tls-key) needs tls-cert, too", refusal("tls-key", "k"));
  }

  @Test
  void anUnknownKeyOfTheFileIsRefusedWithTheNearestName() throws Exception {
    Path file = file("legacy_port=1\n");
    ConfigException e =
        assertThrows(ConfigException.class, () -> ConfigReader.read(Map.of(), Map.of(), file));
    assertEquals(
        "unknown key legacy_port in " + file + "; did you mean legacy-port?", e.getMessage());
    assertThrows(
        ConfigException.class,
        () -> ConfigReader.read(Map.of(), Map.of(), folder.resolve("absent")));
  }

  @Test
  void aFileThatCannotBeReadIsNamed() {
    ConfigException e =
        assertThrows(ConfigException.class, () -> ConfigReader.read(Map.of(), Map.of(), folder));
    assertTrue(
        e.getMessage().startsWith("the settings file " + folder + " cannot be read: "),
        e.getMessage());
  }

  @Test
  void whatFilesMayHoldIsInTheirWords() throws Exception {
    assertFalse(flags().accessLog());
    assertTrue(flags("access-log", "on").accessLog());
    assertEquals(3, flags("load-concurrency", "3").openingsAtOnce());
    assertEquals(
        Runtime.getRuntime().availableProcessors(),
        flags("load-concurrency", "0").openingsAtOnce());
  }

  @Test
  void unknownVariablesAreToldAndOthersAreNotOurs() {
    Map<String, String> environment =
        Map.of("INCIPIT_PROT", "1", "PATH", "/bin", "INCIPIT_CONFIG", "f", "INCIPIT_DIR", "d");
    assertEquals(
        List.of("INCIPIT_PROT; did you mean INCIPIT_PORT?"),
        ConfigReader.unknownVariables(environment));
  }

  @Test
  void aPasswordWithoutADatabaseIsRefused() throws Exception {
    String message = refusal("database-password-file", "secret");
    assertTrue(message.contains("database-password-file"), message);
    assertTrue(message.contains("needs database, too"), message);
    flags("database-password-file", "secret", "database", "jdbc:postgresql://me@host/name");
  }

  @Test
  void ratesHaveABound() throws Exception {
    assertEquals(1_000_000, flags("rate-address", "1000000").rateAddress());
    for (String rate : List.of("rate-address", "rate-application", "rate-service")) {
      String message = refusal(rate, "1000001");
      assertTrue(message.contains("from 0 to 1000000"), message);
    }
  }
}
