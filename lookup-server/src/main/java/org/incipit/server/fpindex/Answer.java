package org.incipit.server.fpindex;

import java.util.List;
import java.util.Map;
import org.incipit.server.index.IndexInfo;
import org.incipit.server.index.search.Hits;

/** What a route answers with; knows how it is written. */
sealed interface Answer {
  /** Writes it, whole. */
  void write(BodyWriter out);

  /** Nothing to say. */
  record Done() implements Answer {
    @Override
    public void write(BodyWriter out) {
      out.beginMap(0);
      out.endMap();
    }
  }

  /** An index that is there now; numbers unsigned. */
  record Created(long version, boolean ready, long generation) implements Answer {
    @Override
    public void write(BodyWriter out) {
      out.beginMap(3);
      out.field("version");
      out.number(version);
      out.field("ready");
      out.bool(ready);
      out.field("generation");
      out.number(generation);
      out.endMap();
    }
  }

  /** Whether there was one. */
  record Deleted(boolean deleted) implements Answer {
    @Override
    public void write(BodyWriter out) {
      out.beginMap(1);
      out.field("deleted");
      out.bool(deleted);
      out.endMap();
    }
  }

  /** Of an index after an update, or of a document. */
  record Version(long version) implements Answer {
    @Override
    public void write(BodyWriter out) {
      out.beginMap(1);
      out.field("version");
      out.number(version);
      out.endMap();
    }
  }

  /** What is in an index. */
  record Info(IndexInfo info) implements Answer {
    @Override
    public void write(BodyWriter out) {
      out.beginMap(3);
      out.field("version");
      out.number(info.version());
      out.field("metadata");
      out.beginMap(info.metadata().size());
      for (Map.Entry<String, String> entry : info.metadata().entrySet()) {
        out.key(entry.getKey());
        out.text(entry.getValue());
      }
      out.endMap();
      out.field("stats");
      out.beginMap(4);
      out.key("min_doc_id");
      out.number(Integer.toUnsignedLong(info.minId()));
      out.key("max_doc_id");
      out.number(Integer.toUnsignedLong(info.maxId()));
      out.key("num_segments");
      out.number(info.segments());
      out.key("num_docs");
      out.number(info.documents());
      out.endMap();
      out.endMap();
    }
  }

  /** Where an index stands. */
  record Status(long generation, long version, long fileVersion) implements Answer {
    @Override
    public void write(BodyWriter out) {
      out.beginMap(3);
      out.field("generation");
      out.number(generation);
      out.field("version");
      out.number(version);
      out.field("file_version");
      out.number(fileVersion);
      out.endMap();
    }
  }

  /**
   * What a search found.
   *
   * @param count of the hits that are told
   */
  record Found(Hits hits, int count) implements Answer {
    static Found of(SearchRequest request, Hits hits) {
      return new Found(hits, request.kept(hits));
    }

    @Override
    public void write(BodyWriter out) {
      out.beginMap(1);
      out.field("results");
      out.beginArray(count);
      for (int i = 0; i < count; i++) {
        out.beginMap(2);
        out.field("id");
        out.number(Integer.toUnsignedLong(hits.id(i)));
        out.field("score");
        out.number(hits.score(i));
        out.endMap();
      }
      out.endArray();
      out.endMap();
    }
  }

  /** What several searches found, or why they did not. */
  record FoundAll(List<Answer> answers) implements Answer {
    public FoundAll {
      answers = List.copyOf(answers);
    }

    @Override
    public void write(BodyWriter out) {
      out.beginMap(1);
      out.field("answers");
      out.beginArray(answers.size());
      for (Answer answer : answers) {
        answer.write(out);
      }
      out.endArray();
      out.endMap();
    }
  }

  /** The name of an error. The storage's own reason is told, too: only it can be acted upon. */
  record Failure(Refusal.Name name, String reason) implements Answer {
    @Override
    public void write(BodyWriter out) {
      boolean explained = name == Refusal.Name.STORAGE_ERROR;
      out.beginMap(explained ? 2 : 1);
      out.field("error");
      out.text(name.text());
      if (explained) {
        out.field("reason");
        out.text(reason);
      }
      out.endMap();
    }
  }
}
