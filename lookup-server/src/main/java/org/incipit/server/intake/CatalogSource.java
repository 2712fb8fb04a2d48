package org.incipit.server.intake;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import org.incipit.server.catalog.Catalog;
import org.incipit.server.catalog.Decision;
import org.incipit.server.catalog.FeedChange;
import org.incipit.server.catalog.FeedHead;
import org.incipit.server.catalog.FingerprintChunks;
import org.incipit.server.catalog.Submission;

/**
 * A catalogue that is open.
 *
 * @param chunkBytes of fingerprints that come at a time
 */
record CatalogSource(Catalog catalog, long chunkBytes) implements ImportSource {
  /** Where all news is told anyway; so an idle server hardly works. */
  private static final Duration RARELY = Duration.ofSeconds(1);

  /** What a usual batch needs is half of it. */
  private static final long CHUNK_BYTES = 16 << 20;

  CatalogSource(Catalog catalog) {
    this(catalog, CHUNK_BYTES);
  }

  @Override
  public Duration poll() {
    return catalog.isShared() ? ImportSource.super.poll() : RARELY;
  }

  @Override
  public UUID id() {
    return catalog.id();
  }

  @Override
  public FeedHead head() throws IOException {
    return catalog.feed().head();
  }

  @Override
  public List<FeedChange> after(long position, int most) throws IOException {
    return catalog.feed().after(position, most);
  }

  @Override
  public OptionalLong markAt(long position) throws IOException {
    return catalog.feed().markAt(position);
  }

  @Override
  public void forget() {
    catalog.tracks().forget();
  }

  @Override
  public List<Submission> claim(int most) throws IOException {
    return catalog.submissions().claim(most);
  }

  @Override
  public void release() throws IOException {
    catalog.submissions().release();
  }

  @Override
  public FingerprintChunks fingerprints(Collection<Long> ids, int shortest, int longest) {
    return catalog.tracks().fingerprints(ids, shortest, longest, chunkBytes);
  }

  @Override
  public Map<Long, List<Long>> fingerprintIds(Collection<Long> tracks) throws IOException {
    return catalog.tracks().fingerprintIds(tracks);
  }

  @Override
  public boolean decide(FeedHead expected, List<Decision> decisions) throws IOException {
    return catalog.feed().decide(expected, decisions);
  }
}
