package org.incipit.server.acoustid.client;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.incipit.server.http.client.ClientLimits;
import org.incipit.server.http.client.NoAnswerException;
import org.incipit.server.http.client.RefusedException;

/**
 * Asks and submits. Asks again where the server is busy (429, 503), as its limits allow; what was
 * submitted may have arrived, and is sent again only if the server says that it is busy. Any number
 * of threads, which wait.
 */
public final class AcoustidClient implements Closeable {
  /** What the service takes at a time; of more, several requests are made. */
  public static final int MOST_ENTRIES = 20;

  private static final int TOO_LARGE = 413;

  private final Account account;
  private final Transport transport;

  /** Of a server, with connections of its own. */
  public AcoustidClient(Account account, ClientLimits limits) {
    this(account, new HttpTransport(account, limits));
  }

  /** Of what a transport leads to, which it closes with itself. */
  public AcoustidClient(Account account, Transport transport) {
    this.account = account;
    this.transport = transport;
  }

  /**
   * Whose fingerprints are these?
   *
   * @param meta words that say what is wanted of tracks
   * @return for each entry its tracks, best first
   */
  public List<Reply<List<LookupResult>>> lookup(List<Entry> entries, String meta)
      throws IOException {
    Map<String, String> common = new LinkedHashMap<>();
    common.put("client", account.client());
    common.put("meta", meta);
    common.put("batch", "1");
    return inBatches(
        new Method<>("lookup", common, true, AnswerReader::found, "cannot read the fingerprint"),
        entries);
  }

  /**
   * Submits.
   *
   * @return for each entry what it has become, mostly pending
   */
  public List<Reply<SubmissionState>> submit(List<Entry> entries) throws IOException {
    Map<String, String> common = new LinkedHashMap<>();
    common.put("client", account.client());
    common.put("user", account.user());
    return inBatches(
        new Method<>(
            "submit",
            common,
            false,
            AnswerReader::submitted,
            "does not take it: its fingerprint, its duration or its tags"),
        entries);
  }

  /** How far submissions are, as many as a request takes. */
  public List<SubmissionState> status(List<Long> ids) throws IOException {
    FormBody body = new FormBody().add("client", account.client());
    ids.forEach(id -> body.add("id", Long.toString(id)));
    return AnswerReader.states(post("submission_status", body, true));
  }

  /**
   * One of the service's methods that take many entries.
   *
   * @param asks whether sending twice is as good as once
   * @param dropped what a server means that leaves an entry out of its answer
   */
  private record Method<T>(
      String name,
      Map<String, String> common,
      boolean asks,
      Function<JsonValue, Map<Integer, T>> reading,
      String dropped) {}

  private <T> List<Reply<T>> inBatches(Method<T> method, List<Entry> entries) throws IOException {
    List<Reply<T>> replies = new ArrayList<>();
    for (List<Entry> batch : Batches.of(entries)) {
      replies.addAll(batch(method, batch));
    }
    return replies;
  }

  private <T> List<Reply<T>> batch(Method<T> method, List<Entry> entries) throws IOException {
    Map<Integer, T> read;
    try {
      FormBody body = new FormBody().addAll(method.common()).entries(entries);
      read = method.reading().apply(post(method.name(), body, method.asks()));
    } catch (RefusedException e) {
      if (e.status() == TOO_LARGE && entries.size() > 1) {
        int half = entries.size() / 2;
        List<Reply<T>> replies = new ArrayList<>(batch(method, entries.subList(0, half)));
        replies.addAll(batch(method, entries.subList(half, entries.size())));
        return replies;
      }
      AcoustidException told = AnswerReader.error(e.text());
      return failed(entries, told == null ? e : told);
    } catch (AcoustidException | NoAnswerException e) {
      return failed(entries, e);
    }
    List<Reply<T>> replies = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      T value = read.get(i);
      replies.add(
          value == null
              ? new Reply.Failed<>(new IOException("the server " + method.dropped()))
              : new Reply.Answered<>(value));
    }
    return replies;
  }

  private static <T> List<Reply<T>> failed(List<Entry> entries, IOException cause) {
    List<Reply<T>> replies = new ArrayList<>();
    entries.forEach(entry -> replies.add(new Reply.Failed<>(cause)));
    return replies;
  }

  private JsonValue post(String name, FormBody form, boolean asks) throws IOException {
    return AnswerReader.ok(transport.post(name, form.bytes(), asks));
  }

  @Override
  public void close() throws IOException {
    transport.close();
  }
}
