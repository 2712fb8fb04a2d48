package org.incipit.server.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.incipit.fingerprint.Fingerprint;
import org.incipit.server.catalog.NewSubmission;
import org.incipit.server.catalog.Submission;
import org.incipit.server.catalog.SubmissionStatus;
import org.incipit.server.catalog.store.Store;
import org.incipit.server.lookup.Tunes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ImporterTest {
  @TempDir Path folder;
  @TempDir Path indexes;

  private static Fingerprint tune(int number) {
    return Tunes.tune(number, 200);
  }

  @Test
  void twoImportersOfOneDatabaseImportEachSubmissionOnceAndInOrder() throws IOException {
    int count = 300;
    try (Intake one = new Intake(Store.POSTGRES, folder, folder);
        Intake two = new Intake(Store.POSTGRES, folder, indexes)) {
      List<NewSubmission> all = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        // Each tune twice, far enough apart to be in different batches.
        all.add(Intake.submission(tune(i % (count / 2)), 25));
      }
      List<Long> ids = one.catalog().submissions().add(all);
      Importer first = one.importing(10);
      Importer second = two.importing(10);
      List<UUID> tracks = new ArrayList<>();
      for (long id : ids) {
        tracks.add(one.track(id));
      }
      assertEquals(count / 2, Set.copyOf(tracks).size());
      assertEquals(tracks.subList(0, count / 2), tracks.subList(count / 2, count));
      first.close();
      second.close();
      ImporterStats a = first.stats();
      ImporterStats b = second.stats();
      assertEquals(count / 2, a.founded() + b.founded());
      assertEquals(count / 2, a.counted() + b.counted());
      Map<UUID, Long> numbers = one.catalog().tracks().find(Set.copyOf(tracks));
      for (int i = 0; i < count / 2; i++) {
        assertEquals(i + 1, numbers.get(tracks.get(i)), "tracks are founded in order");
      }
      one.awaitIndex();
      two.awaitIndex();
      assertEquals(1, one.find(tune(7), 25).size());
      assertEquals(1, two.find(tune(7), 25).size());
    }
  }

  /** A catalogue whose calls can fail. */
  private static ImportSource failing(ImportSource source, Failure failure) {
    return (ImportSource)
        Proxy.newProxyInstance(
            ImportSource.class.getClassLoader(),
            new Class<?>[] {ImportSource.class},
            (proxy, method, arguments) -> {
              failure.before(method.getName(), arguments == null ? new Object[0] : arguments);
              try {
                return method.isDefault()
                    ? InvocationHandler.invokeDefault(proxy, method, arguments)
                    : method.invoke(source, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private interface Failure {
    void before(String method, Object[] arguments) throws IOException;
  }

  @ParameterizedTest
  @EnumSource
  void anOutageAtAnyCallIsWaitedForAndNothingIsImportedTwice(Store store) throws IOException {
    List<String> calls =
        List.of("claim", "head", "decide", "after", "markAt", "fingerprints", "fingerprintIds");
    for (String call : calls) {
      AtomicInteger failures = new AtomicInteger(2);
      Path own = Files.createDirectory(folder.resolve(call));
      // The index knows nothing for ever, so that the importer must know all by itself.
      try (Intake intake = new Intake(store, own, own, any -> new MadeUpFeed())) {
        intake.importing(
            failing(
                new CatalogSource(intake.catalog()),
                (method, arguments) -> {
                  if (method.equals(call) && failures.getAndDecrement() > 0) {
                    throw new IOException("away");
                  }
                }),
            1);
        UUID track = intake.track(tune(1), 25);
        assertEquals(track, intake.track(tune(1), 25));
        assertEquals(1, intake.catalog().feed().head().position(), call);
        assertTrue(failures.get() < 0, call);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aSubmissionThatWeCannotCopeWithIsRejectedAndTheOthersAreNot(Store store) throws IOException {
    try (Intake intake = new Intake(store, folder)) {
      List<Long> ids = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        ids.add(intake.submit(tune(i), 25));
      }
      intake.importing(
          failing(
              new CatalogSource(intake.catalog()),
              (method, arguments) -> {
                String bad = "Founded[submission=Submission[id=" + ids.get(2) + ",";
                if (method.equals("decide") && arguments[1].toString().contains(bad)) {
                  throw new IllegalStateException("broken");
                }
              }),
          100);
      for (int i = 0; i < 5; i++) {
        SubmissionStatus status = intake.handled(ids.get(i));
        if (i == 2) {
          assertEquals(
              new SubmissionStatus.Rejected("it could not be imported; the log says why"), status);
        } else {
          assertInstanceOf(SubmissionStatus.Imported.class, status);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatHasFailedTwiceIsTriedOnceMore(Store store) throws IOException {
    AtomicInteger failures = new AtomicInteger(3);
    try (Intake intake = new Intake(store, folder)) {
      intake.importing(
          failing(
              new CatalogSource(intake.catalog()),
              (method, arguments) -> {
                if (method.equals("decide") && failures.getAndDecrement() > 0) {
                  throw new IllegalStateException("broken");
                }
              }),
          100);
      UUID track = intake.track(tune(1), 25);
      assertEquals(track, intake.track(tune(1), 25));
      assertTrue(failures.get() < 0);
    }
  }

  @ParameterizedTest
  @EnumSource
  void anErrorIsWaitedForLikeAnOutage(Store store) throws IOException {
    for (String call : List.of("claim", "decide")) {
      AtomicInteger failures = new AtomicInteger(2);
      Path own = Files.createDirectory(folder.resolve(call));
      try (Intake intake = new Intake(store, own)) {
        intake.importing(
            failing(
                new CatalogSource(intake.catalog()),
                (method, arguments) -> {
                  if (method.equals(call) && failures.getAndDecrement() > 0) {
                    throw new InternalError("torn");
                  }
                }),
            1);
        intake.track(tune(1), 25);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aSubmissionThatCannotBeReadIsRejectedAndTheOthersAreNot(Store store) throws Exception {
    try (Intake intake = new Intake(store, folder)) {
      List<Long> ids = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        ids.add(intake.submit(tune(i), 25));
      }
      intake.execute(
          "UPDATE submission_data SET data = substr(data, 1, 3) WHERE submission_id = "
              + ids.get(1));
      intake.importing(100);
      intake.track(ids.get(0));
      intake.track(ids.get(2));
      assertEquals(
          new SubmissionStatus.Rejected("the fingerprint was damaged where it was stored"),
          intake.handled(ids.get(1)));
    }
  }

  @Test
  void whoStopsGivesBackWhatItHasClaimed() throws IOException {
    try (Intake one = new Intake(Store.POSTGRES, folder, folder);
        Intake two = new Intake(Store.POSTGRES, folder, indexes)) {
      long id = one.submit(tune(1), 25);
      AtomicInteger decisions = new AtomicInteger();
      Importer importer =
          one.importing(
              failing(
                  new CatalogSource(one.catalog()),
                  (method, arguments) -> {
                    if (method.equals("decide")) {
                      decisions.incrementAndGet();
                      throw new IOException("away");
                    }
                  }),
              10);
      Intake.await(() -> decisions.get() > 0);
      assertEquals(List.of(), claims(two));
      importer.close();
      assertEquals(List.of(id), claims(two).stream().map(Submission::id).toList());
    }
  }

  private static List<Submission> claims(Intake intake) {
    try {
      return intake.catalog().submissions().claim(10);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
