package org.incipit.server.acoustid;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a lookup wants to know of the tracks it finds.
 *
 * @param releases whether releases are wanted with all that is known of them, below what the
 *     subject is
 * @param releaseGroups likewise
 */
record Meta(
    Subject subject,
    boolean releases,
    boolean releaseGroups,
    boolean idsOnly,
    boolean tracks,
    boolean compress,
    boolean sources,
    boolean userMeta,
    boolean foreignIds) {
  /** What is told of a track. Of several the first is. */
  enum Subject {
    M2,
    RECORDINGS,
    RELEASE_GROUPS,
    RELEASES,
    NOTHING;

    private List<String> words() {
      return switch (this) {
        case M2 -> List.of("m2");
        case RECORDINGS -> List.of("recordings", "recordingids", "isrcs");
        case RELEASE_GROUPS -> List.of("releasegroups", "releasegroupids");
        case RELEASES -> List.of("releases", "releaseids");
        case NOTHING -> List.of();
      };
    }
  }

  /**
   * Reads the words. Plus signs and commas separate them, too: many clients escape them once too
   * often.
   */
  static Meta of(@Nullable String text) {
    Set<String> words = new HashSet<>();
    String all = text == null ? "" : text.strip();
    switch (all) {
      case "", "0" -> {}
      case "1" -> words.add("recordingids");
      case "2" -> words.add("m2");
      default -> words.addAll(List.of(all.split("[\\s+,]+", -1)));
    }
    Subject subject = subject(words);
    return new Meta(
        subject,
        words.contains("releases") && !words.contains("releaseids"),
        words.contains("releasegroups") && !words.contains("releasegroupids"),
        words.stream().anyMatch(word -> isIdsOnly(word, subject)),
        words.contains("tracks"),
        words.contains("compress"),
        words.contains("sources"),
        words.contains("usermeta"),
        words.contains("foreignids"));
  }

  private static Subject subject(Set<String> words) {
    for (Subject subject : Subject.values()) {
      if (subject.words().stream().anyMatch(words::contains)) {
        return subject;
      }
    }
    return Subject.NOTHING;
  }

  private static boolean isIdsOnly(String word, Subject subject) {
    return word.endsWith("ids") && subject.words().contains(word);
  }

  /** The same, but foreign ids are not told. */
  Meta withoutForeignIds() {
    return new Meta(
        subject, releases, releaseGroups, idsOnly, tracks, compress, sources, userMeta, false);
  }

  /** Whether texts that users have submitted are told. */
  boolean wantsTexts() {
    return userMeta && !idsOnly && subject != Subject.NOTHING && subject != Subject.M2;
  }

  /** Whether recordings are told. */
  boolean wantsRecordings() {
    return subject == Subject.RECORDINGS || subject == Subject.M2;
  }
}
