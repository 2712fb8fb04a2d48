package org.incipit.server.acoustid;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.incipit.server.catalog.SubmissionStatus;
import org.incipit.server.catalog.Submissions;

/** {@code /v2/submission_status}: of submissions that nobody knows, too, which wait for ever. */
final class StatusEndpoint implements Call.Endpoint {
  private final KnownKeys keys;
  private final Submissions submissions;

  StatusEndpoint(KnownKeys keys, Submissions submissions) {
    this.keys = keys;
    this.submissions = submissions;
  }

  @Override
  public Fields answer(Call call) throws ApiError, IOException {
    String key = keys.application(call);
    List<Long> ids = new ArrayList<>();
    for (String value : call.arguments().all("id")) {
      Long id = Arguments.number(value);
      if (id != null) {
        ids.add(id);
      }
    }
    if (ids.isEmpty()) {
      throw ApiError.missing("id");
    }
    call.admit(key);
    Map<Long, SubmissionStatus> statuses = submissions.statuses(ids);
    List<Fields> answers = new ArrayList<>();
    for (long id : ids) {
      SubmissionStatus status = statuses.getOrDefault(id, new SubmissionStatus.Pending());
      answers.add(answer(status).put("id", id));
    }
    return Fields.ok().put("submissions", answers);
  }

  private static Fields answer(SubmissionStatus status) {
    return switch (status) {
      case SubmissionStatus.Pending pending -> new Fields().put("status", "pending");
      case SubmissionStatus.Imported imported -> {
        Fields result = new Fields().put("id", imported.track().toString());
        yield new Fields().put("status", "imported").put("result", result);
      }
      case SubmissionStatus.Rejected rejected ->
          new Fields().put("status", "rejected").put("reason", rejected.reason());
    };
  }
}
