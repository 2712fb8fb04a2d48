package org.incipit.server.acoustid;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.incipit.server.catalog.Keys.Kind;
import org.incipit.server.catalog.NewSubmission;
import org.incipit.server.catalog.Submissions;

/** {@code /v2/submit}: what is answered is on the disk. */
final class SubmitEndpoint implements Call.Endpoint {
  /** Of an entry. Clients send one. */
  private static final int MAX_RECORDINGS = 20;

  /** Picard's batches of 1 MB have thousands if files are short. */
  private static final int MAX_SUBMISSIONS = 10_000;

  /** Of the fingerprints that are stored, as they came; a body of 1 MiB has fewer. */
  private static final long MAX_LETTERS = 4 << 20;

  /** Of which the answer is short. */
  private static final int FEW_SUBMISSIONS = 1000;

  private final KnownKeys keys;
  private final Submissions submissions;
  private final Runnable submitted;
  private final ServiceCounts counts;

  SubmitEndpoint(
      KnownKeys keys, Submissions submissions, Runnable submitted, ServiceCounts counts) {
    this.keys = keys;
    this.submissions = submissions;
    this.submitted = submitted;
    this.counts = counts;
  }

  @Override
  public Fields answer(Call call) throws ApiError, IOException {
    call.requireOwn();
    Arguments arguments = call.arguments();
    String application = keys.application(call);
    String user = keys.user(call);
    List<Suffix> suffixes = arguments.suffixes("fingerprint");
    if (suffixes.isEmpty()) {
      throw ApiError.missing("fingerprint");
    }
    requireFewRecordings(arguments, suffixes);
    List<SubmittedEntry> entries =
        Suffix.read(suffixes, suffixes.size(), suffix -> SubmittedEntry.of(arguments, suffix));
    requireLittle(entries);
    call.admit(application);
    OptionalLong applicationId = keys.find(Kind.APPLICATION, application);
    OptionalLong account = keys.find(Kind.USER, user);
    String version = SubmittedEntry.name(arguments, "clientversion");
    List<NewSubmission> all = new ArrayList<>();
    List<Fields> answers = new ArrayList<>();
    for (SubmittedEntry entry : entries) {
      for (NewSubmission one : entry.submissions(applicationId, account, version)) {
        all.add(one);
        answers.add(pending(entry.suffix()));
      }
    }
    if (all.size() > FEW_SUBMISSIONS) {
      // Now, while it is true that nothing is stored if it does not get to its turn.
      call.answerMayBeLong();
    }
    List<Long> ids = submissions.add(all);
    for (int i = 0; i < answers.size(); i++) {
      answers.get(i).put("id", ids.get(i));
    }
    counts.submissions(all.size());
    submitted.run();
    return Fields.ok().put("submissions", answers);
  }

  private static void requireFewRecordings(Arguments arguments, List<Suffix> suffixes)
      throws ApiError {
    for (Suffix suffix : suffixes) {
      if (arguments.all("mbid" + suffix.text()).size() > MAX_RECORDINGS) {
        throw ApiError.tooLarge();
      }
    }
  }

  /** Each recording of an entry stores its fingerprint once more. */
  private static void requireLittle(List<SubmittedEntry> entries) throws ApiError {
    long submissions = 0;
    long letters = 0;
    for (SubmittedEntry entry : entries) {
      submissions += entry.count();
      letters += (long) entry.count() * entry.letters();
    }
    if (submissions > MAX_SUBMISSIONS || letters > MAX_LETTERS) {
      throw ApiError.tooLarge();
    }
  }

  /** The index is a string here, and a number in lookups. */
  private static Fields pending(Suffix suffix) {
    Fields answer = new Fields().put("status", "pending");
    return suffix.equals(Suffix.NONE)
        ? answer
        : answer.put("index", Long.toString(suffix.number()));
  }
}
