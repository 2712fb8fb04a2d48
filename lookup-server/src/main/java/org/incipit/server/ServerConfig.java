package org.incipit.server;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.incipit.server.acoustid.AcoustidConfig;
import org.incipit.server.acoustid.TrustedProxies;
import org.incipit.server.catalog.store.CatalogConfig;
import org.incipit.server.http.HttpLimits;
import org.incipit.server.http.middleware.OwnHosts;
import org.incipit.server.index.IndexConfig;
import org.incipit.server.index.segment.Segment;
import org.incipit.server.index.segment.Segment.Residence;
import org.incipit.server.lookup.CandidateLimits;
import org.incipit.server.lookup.LookupConfig;
import org.incipit.server.net.NetAddress;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a server. Each component is one: {@code legacyPort} is the flag {@code
 * --legacy-port}, the environment variable {@code INCIPIT_LEGACY_PORT} and the key {@code
 * legacy-port} of the file; {@link Setting} says the rest. {@link ConfigReader} makes one.
 */
public record ServerConfig(
    @Setting(
            help = "Data directory; one process at a time has it",
            value = "DIR",
            standard = "data")
        Path dir,
    @Setting(
            help =
                "Where HTTP is served, HOST:PORT or unix:PATH, several with commas; instead of"
                    + " host and port",
            value = "ADDRESS")
        List<NetAddress> listen,
    @Setting(
            help = "Host of HTTP and the line protocol",
            value = "HOST",
            standard = ServerConfig.LOOPBACK)
        String host,
    @Setting(help = "Port of HTTP, 0 for any", value = "PORT", standard = "8080", most = 65_535)
        int port,
    @Setting(
            help = "Port of the line protocol on the same host; 0 for none",
            value = "PORT",
            standard = "0",
            most = 65_535)
        int legacyPort,
    @Setting(
            help = "Where the line protocol is served instead, HOST:PORT or unix:PATH",
            value = "ADDRESS")
        List<NetAddress> legacyListen,
    @Setting(
            help =
                "The index that the line protocol is about; _catalog is the catalogue's, read-only",
            value = "NAME",
            standard = "main")
        String legacyIndex,
    @Setting(
            help = "Serve the catalogue in DIR, and AcoustID's web service over it",
            value = "on|off",
            standard = "on")
        boolean catalog,
    @Setting(
            help =
                "The catalogue in PostgreSQL 15 or newer, jdbc:postgresql://USER@HOST/NAME, instead"
                    + " of a file in DIR",
            value = "URL")
        String database,
    @Setting(help = "The password of the user of the database", value = "FILE")
        Optional<Path> databasePasswordFile,
    @Setting(help = "Connections to PostgreSQL", standard = "10", least = 2, most = 1000)
        int databaseConnections,
    @Setting(
            help = "What a piece of work in the database may take, and wait before; above: 503",
            unit = "ms",
            standard = "10000",
            least = 10)
        Duration databaseTimeoutMs,
    @Setting(
            help = "Fingerprints of the catalogue kept in memory; 0 for an eighth of the heap",
            unit = "bytes",
            standard = "0",
            most = Long.MAX_VALUE)
        long catalogCacheBytes,
    @Setting(
            help =
                "Whom the web service answers: who sends any key, or one that incipit keys has"
                    + " added",
            value = "open|required",
            standard = "open")
        KeyRule keys,
    @Setting(
            help =
                "If keys are required: give a user's key to whoever asks with an application's,"
                    + " which the public knows of beets and Picard",
            value = "on|off",
            standard = "off")
        boolean anonymousKeys,
    @Setting(
            help =
                "How similarity becomes a score: as AcoustID's thresholds are made for, or as"
                    + " acoustid.org scores lookups now",
            value = "compare2|acoustid",
            standard = "compare2")
        ScoreRule score,
    @Setting(
            help =
                "What finding candidates for a lookup may take, above: none; and its wait until it"
                    + " may read them, above: 503",
            unit = "ms",
            standard = "1000",
            least = 1)
        Duration lookupTimeoutMs,
    @Setting(
            help =
                "Requests of an application to the web service in a second, 0 for any; above: 429",
            standard = "0",
            most = ServerConfig.MOST_REQUESTS)
        int rateApplication,
    @Setting(
            help = "The same of a client's address; IPv6 addresses by their first 64 bits",
            standard = "0",
            most = ServerConfig.MOST_REQUESTS)
        int rateAddress,
    @Setting(help = "The same of all together", standard = "0", most = ServerConfig.MOST_REQUESTS)
        int rateService,
    @Setting(
            help =
                "Addresses and networks (10.0.0.0/8), with commas, whose X-Forwarded-For is"
                    + " believed",
            value = "ADDRESS,ADDRESS")
        TrustedProxies trustedProxies,
    @Setting(help = "What paths of the web service begin with: /acoustid", value = "PATH")
        String basePath,
    @Setting(help = "Threads of the network; 0 for one for each core", standard = "0", most = 1024)
        int threads,
    @Setting(
            help = "Threads for searches and other computing; 0 for one for each core",
            standard = "0",
            most = 1024)
        int computeThreads,
    @Setting(
            help =
                "Tokens, one a line: who writes, restores or copies an index must show one, and"
                    + " the line protocol is read-only",
            value = "FILE")
        Optional<Path> tokenFile,
    @Setting(
            help =
                "Names that lead here, with commas: on loopback HTTP takes requests for these,"
                    + " localhost and addresses only, * for any; beyond it if there are some",
            value = "NAME,NAME")
        Set<String> allowedHosts,
    @Setting(help = "Certificates in PEM; HTTP is then served with TLS", value = "FILE")
        Optional<Path> tlsCert,
    @Setting(help = "Their key, PKCS #8 in PEM, not encrypted", value = "FILE")
        Optional<Path> tlsKey,
    @Setting(
            help = "Segments are mapped, or loaded into memory",
            value = "mapped|loaded",
            standard = "mapped")
        Residence residence,
    @Setting(
            help = "Postings in memory only that are written to a segment",
            unit = "postings",
            standard = "10000000",
            least = 1,
            most = Long.MAX_VALUE)
        long checkpointThreshold,
    @Setting(
            help = "Age at which fewer are written, too; 0 for never",
            unit = "ms",
            standard = "60000")
        Duration checkpointAgeMs,
    @Setting(
            help =
                "Postings of an index in memory only beyond which updates wait, at least 1 MiB; 0"
                    + " for an eighth of the heap, but at most 512 MiB",
            unit = "bytes",
            standard = "0",
            most = Long.MAX_VALUE)
        long memoryBytes,
    @Setting(
            help = "Searches of an index at a time; 0 for two for each core",
            standard = "0",
            most = 1 << 16)
        int searches,
    @Setting(
            help = "Length at which a file of the log is closed",
            unit = "bytes",
            standard = "33554432",
            least = 1 << 10,
            most = 1 << 29)
        int logFileBytes,
    @Setting(
            help =
                "What checkpoints and merges write, and the verification of segments reads, in a"
                    + " second while there are searches",
            unit = "bytes",
            standard = "33554432",
            least = 1 << 20,
            most = Long.MAX_VALUE)
        long mergeBytesPerSecond,
    @Setting(
            help = "Indexes that are opened at a time at the start; 0 for one for each core",
            standard = "0",
            most = 1024)
        int loadConcurrency,
    @Setting(
            help = "Connections of each listener; more are closed when they come",
            standard = "20000",
            least = 1)
        int maxConnections,
    @Setting(
            help = "Request line and headers; above: 431 or 414",
            unit = "bytes",
            standard = "163840",
            least = 1 << 10)
        int maxHeadBytes,
    @Setting(help = "Headers of a request; above: 431", standard = "100", least = 1) int maxHeaders,
    @Setting(
            help = "A body as it comes; above: 413",
            unit = "bytes",
            standard = "16777216",
            least = 1,
            most = 1 << 30)
        long maxBodyBytes,
    @Setting(
            help = "A body after unpacking; above: 413",
            unit = "bytes",
            standard = "67108864",
            least = 1,
            most = 1 << 30)
        long maxUnpackedBytes,
    @Setting(
            help =
                "What the bodies of all connections take in memory together, 0 for a quarter of"
                    + " the heap; above: 503",
            unit = "bytes",
            standard = "0",
            most = Long.MAX_VALUE)
        long bodyMemoryBytes,
    @Setting(
            help =
                "What the changes of all updates take in memory together from being read to being"
                    + " committed, 0 for a quarter of the heap; above: 503, or 413 to one that can"
                    + " never have so much",
            unit = "bytes",
            standard = "0",
            most = Long.MAX_VALUE)
        long changesMemoryBytes,
    @Setting(
            help = "Requests of a connection that wait behind one; above: it is not read from",
            standard = "16",
            least = 1)
        int maxPipelined,
    @Setting(
            help = "A connection without a request is closed",
            unit = "ms",
            standard = "60000",
            least = 1)
        Duration idleTimeoutMs,
    @Setting(
            help = "From the first byte of a request to the end of its head; above: 408",
            unit = "ms",
            standard = "10000",
            least = 1)
        Duration headTimeoutMs,
    @Setting(
            help = "From the head to the end of the answer; above: 503, or the connection ends",
            unit = "ms",
            standard = "60000",
            least = 1)
        Duration requestTimeoutMs,
    @Setting(
            help = "A client that takes nothing for so long is cut off",
            unit = "ms",
            standard = "30000",
            least = 1)
        Duration writeTimeoutMs,
    @Setting(
            help = "What is under way may take so long after SIGTERM",
            unit = "ms",
            standard = "10000")
        Duration drainTimeoutMs,
    @Setting(help = "Lines of the log, on standard error", value = "text|json", standard = "text")
        LogFormat logFormat,
    @Setting(
            help = "Log each request over HTTP: client, method, path, status, bytes, microseconds",
            value = "on|off",
            standard = "off")
        boolean accessLog,
    @Setting(help = "Be the coordinator of a cluster", value = "true|false", planned = true)
        boolean coordinator,
    @Setting(help = "Follow a change feed", value = "URL", planned = true) String coordinatorUrl,
    @Setting(help = "Other nodes to copy indexes from", value = "URL,URL", planned = true)
        String peers,
    @Setting(
            help = "What copying an index may take",
            unit = "ms",
            standard = "1800000",
            planned = true)
        Duration bootstrapTimeoutMs) {
  /** Where one is among oneself. */
  static final String LOOPBACK = "127.0.0.1";

  /** In a second; what counts them counts in longs of nanoseconds. */
  static final int MOST_REQUESTS = 1_000_000;

  private static final int MAX_FRAME_BYTES = HttpLimits.DEFAULT.maxFrameBytes();

  /** Where HTTP is served. */
  public List<NetAddress> httpAddresses() {
    return listen.isEmpty() ? List.of(new NetAddress.Tcp(host, port)) : listen;
  }

  /** Where the line protocol is served; nowhere as a rule. */
  public List<NetAddress> lineAddresses() {
    if (!legacyListen.isEmpty() || legacyPort == 0) {
      return legacyListen;
    }
    for (NetAddress address : listen) {
      if (address instanceof NetAddress.Tcp(String other, int any)) {
        return List.of(new NetAddress.Tcp(other, legacyPort));
      }
    }
    return List.of(new NetAddress.Tcp(host, legacyPort));
  }

  /** What hosts HTTP takes requests for. */
  OwnHosts ownHosts() {
    boolean local = httpAddresses().stream().allMatch(NetAddress::isLocal);
    boolean any = allowedHosts.isEmpty() ? !local : allowedHosts.contains("*");
    return new OwnHosts(allowedHosts, any);
  }

  /** Which catalogue there is; the password is read from its file. */
  CatalogConfig catalogConfig() throws IOException {
    CatalogConfig.Limits limits = CatalogConfig.Limits.DEFAULT;
    long heap = Runtime.getRuntime().maxMemory();
    return new CatalogConfig(
        dir,
        databaseUrl(),
        new CatalogConfig.Limits(
            databaseTimeoutMs,
            limits.lock(),
            limits.connect(),
            databaseConnections,
            limits.readers(),
            limits.queue(),
            catalogCacheBytes == 0 ? heap / 8 : catalogCacheBytes,
            limits.lease()));
  }

  private @Nullable String databaseUrl() throws IOException {
    if (database.isEmpty() || databasePasswordFile.isEmpty()) {
      return database.isEmpty() ? null : database;
    }
    return CatalogConfig.withPassword(database, databasePasswordFile.get());
  }

  /** How lookups are made. */
  LookupConfig lookupConfig() {
    LookupConfig standard = LookupConfig.DEFAULT;
    CandidateLimits limits = standard.candidates();
    return standard
        .withSlope(score.slope())
        .withCandidates(
            new CandidateLimits(
                limits.most(),
                limits.leastHitsPercent(),
                limits.leastOfBestPercent(),
                lookupTimeoutMs));
  }

  /** How the web service is offered. */
  AcoustidConfig acoustidConfig() {
    return new AcoustidConfig(
        basePath,
        keys == KeyRule.REQUIRED,
        anonymousKeys,
        rateApplication,
        rateService,
        rateAddress,
        trustedProxies);
  }

  /** Of event loops. */
  public int networkThreads() {
    return orCores(threads);
  }

  /** Of what computes. */
  public int computingThreads() {
    return orCores(computeThreads);
  }

  /** Indexes that are opened at a time. */
  public int openingsAtOnce() {
    return orCores(loadConcurrency);
  }

  private static int orCores(int threads) {
    return threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
  }

  /** What HTTP puts up with. */
  public HttpLimits httpLimits() {
    return new HttpLimits(
        maxHeadBytes,
        maxHeaders,
        maxBodyBytes,
        maxUnpackedBytes,
        bodyMemoryBytes == 0 ? HttpLimits.DEFAULT.bodyMemoryBytes() : bodyMemoryBytes,
        MAX_FRAME_BYTES,
        maxConnections,
        maxPipelined,
        idleTimeoutMs,
        headTimeoutMs,
        requestTimeoutMs,
        writeTimeoutMs);
  }

  /** Memory for all changes that were read and are not committed yet. */
  long changesBytes() {
    return changesMemoryBytes == 0 ? Runtime.getRuntime().maxMemory() / 4 : changesMemoryBytes;
  }

  /** The limits of each index. */
  public IndexConfig indexConfig() {
    return new IndexConfig(
        checkpointThreshold,
        checkpointAgeMs,
        memoryBytes == 0 ? IndexConfig.DEFAULT.memoryBytes() : Math.max(memoryBytes, 1 << 20),
        searches == 0 ? IndexConfig.DEFAULT.searches() : searches,
        residence,
        logFileBytes,
        mergeBytesPerSecond,
        Segment.Verification.LATER);
  }
}
