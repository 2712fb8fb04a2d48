package org.incipit.server.index.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.incipit.server.index.file.CorruptIndexException;
import org.incipit.server.index.file.Disk;
import org.incipit.server.index.segment.Pace;
import org.incipit.server.index.segment.Part;
import org.incipit.server.index.segment.PartMerger;
import org.incipit.server.index.segment.Segment;

/**
 * The segment files of an index: writes them, opens them, and deletes those that nobody reads any
 * more. Which of them belong to the index the manifest says; writing it is the moment at which a
 * merge or checkpoint becomes true.
 */
public final class SegmentStore {
  /** How the names of segment files end. */
  public static final String SUFFIX = ".segment";

  /** How the names of files end that are not written yet. */
  static final String UNFINISHED = ".new";

  private final Disk disk;
  private final Path folder;
  private final Segment.Residence residence;
  private final Segment.Verification verification;
  private final ConcurrentLinkedQueue<Segment> unused = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<Path> undeleted = new ConcurrentLinkedQueue<>();
  private volatile boolean deletes = true;
  private Manifest manifest;

  /** Segments that are unfinished, or of manifests that may be on disk, but are not true. */
  private final Set<Path> doubtful = new LinkedHashSet<>();

  private boolean settled = true;

  private SegmentStore(
      Disk disk,
      Path folder,
      Segment.Residence residence,
      Segment.Verification verification,
      Manifest manifest) {
    this.disk = disk;
    this.folder = folder;
    this.residence = residence;
    this.verification = verification;
    this.manifest = manifest;
  }

  /** Reads the manifest; a folder without an index gets that of an empty one. */
  public static SegmentStore open(
      Disk disk, Path folder, Segment.Residence residence, Segment.Verification verification)
      throws IOException {
    // A manifest that a killed program has left need not last yet: then no file may go before.
    disk.syncDirectory(folder);
    Manifest manifest = Manifest.read(disk, folder);
    if (!disk.list(folder).contains(Manifest.NAME)) {
      manifest.write(disk, folder);
    }
    return new SegmentStore(disk, folder, residence, verification, manifest);
  }

  /**
   * Removes what a crash has left of unfinished files. Only when everything else has been found in
   * order: with a wrong manifest they are the index.
   */
  public void clean() throws IOException {
    List<String> wanted = manifest().segments().stream().map(Manifest.Entry::file).toList();
    for (String name : disk.list(folder)) {
      if ((name.endsWith(SUFFIX) && !wanted.contains(name)) || name.endsWith(UNFINISHED)) {
        disk.delete(folder.resolve(name));
      }
    }
  }

  /** Reads the manifest and changes nothing. Only for {@link #openAll}. */
  public static SegmentStore view(Disk disk, Path folder) throws IOException {
    SegmentStore store =
        new SegmentStore(
            disk,
            folder,
            Segment.Residence.MAPPED,
            Segment.Verification.AT_OPENING,
            Manifest.read(disk, folder));
    store.keepFiles();
    return store;
  }

  /** Where the files are. */
  public Path folder() {
    return folder;
  }

  /** What is true now. */
  public synchronized Manifest manifest() {
    return manifest;
  }

  /** Opens the segments of the manifest. */
  List<Part> openAll() throws IOException {
    List<Part> parts = new ArrayList<>();
    boolean opened = false;
    try {
      long next = 1;
      for (Manifest.Entry entry : manifest().segments()) {
        Segment segment =
            Segment.open(disk, folder.resolve(entry.file()), residence, verification, Pace.FREE);
        parts.add(segment);
        if (segment.bytes() != entry.bytes() || segment.commits().first() != next) {
          throw new CorruptIndexException(
              segment.path(), segment.bytes(), "not the segment from commit " + next + " on");
        }
        next = segment.commits().last() + 1;
      }
      if (next != manifest().sequence() + 1) {
        throw new CorruptIndexException(
            folder.resolve(Manifest.NAME), 12, "segments end before commit " + next);
      }
      opened = true;
    } finally {
      if (!opened) {
        parts.forEach(part -> ((Segment) part).close());
      }
    }
    return parts;
  }

  /** What the segment made of these parts is called. */
  public static String name(List<? extends Part> parts) {
    return String.format(
        "%016x-%016x%s",
        parts.getFirst().commits().first(), parts.getLast().commits().last(), SUFFIX);
  }

  /**
   * Verifies a few MiB more of a segment, if that is not done yet. One maintenance thread.
   *
   * @throws CorruptIndexException if they are damaged
   */
  public void verify(Segment segment, Pace pace) throws IOException {
    segment.verify(disk, pace);
  }

  /**
   * Merges parts to a segment, which belongs to nothing yet. It is verified as soon as it is
   * written.
   *
   * @param parts must be verified: with new checksums, nobody would notice damage any more
   */
  public Segment write(List<? extends Part> parts, boolean oldest, Pace pace) throws IOException {
    for (Part part : parts) {
      if (part instanceof Segment segment && !segment.isVerified()) {
        throw new IllegalStateException(segment.path() + " is not verified yet");
      }
    }
    settle();
    Path path = folder.resolve(name(parts));
    disk.delete(path);
    try {
      PartMerger.toFile(disk, path, parts, oldest, pace);
      return Segment.open(disk, path, residence, Segment.Verification.AT_OPENING, pace);
    } catch (IOException | RuntimeException | Error e) {
      discard(path, e);
      throw e;
    }
  }

  /** Deletes an unfinished file: at once, or if that fails before the next one is written. */
  private synchronized void discard(Path path, Throwable failure) {
    try {
      disk.delete(path);
    } catch (IOException e) {
      doubtful.add(path);
      failure.addSuppressed(e);
    }
  }

  /** Makes a segment of checkpointed runs part of the index, and swaps it in. */
  public synchronized void add(Segment segment, Manifest state, Runnable swap) throws IOException {
    List<Manifest.Entry> entries = new ArrayList<>(manifest.segments());
    entries.add(entry(segment));
    long logged = Math.max(manifest.logged(), state.sequence());
    install(
        new Manifest(state.sequence(), logged, state.version(), state.metadata(), entries),
        segment,
        swap);
  }

  /** Makes a segment part of the index in the place of those it was merged from. */
  public synchronized void replace(List<Segment> merged, Segment by, Runnable swap)
      throws IOException {
    List<Manifest.Entry> entries = new ArrayList<>(manifest.segments());
    int from = entries.indexOf(entry(merged.getFirst()));
    entries.subList(from, from + merged.size()).clear();
    entries.add(from, entry(by));
    install(
        new Manifest(
            manifest.sequence(),
            manifest.logged(),
            manifest.version(),
            manifest.metadata(),
            entries),
        by,
        swap);
  }

  private void install(Manifest next, Segment segment, Runnable swap) throws IOException {
    boolean installed = false;
    try {
      disk.syncDirectory(folder);
      next.write(disk, folder);
      installed = true;
    } finally {
      if (!installed) {
        settled = false;
        doubtful.add(segment.path());
        segment.close();
      }
    }
    manifest = next;
    settled = true;
    swap.run();
  }

  /**
   * After a failed write nobody knows which manifest a restart would find. Before anything else,
   * the one that is true is written again; then the segment of the other one can go.
   */
  private synchronized void settle() throws IOException {
    if (!settled) {
      manifest.write(disk, folder);
      settled = true;
    }
    for (Iterator<Path> paths = doubtful.iterator(); paths.hasNext(); ) {
      disk.delete(paths.next());
      paths.remove();
    }
  }

  /** Notes up to which commit the log is whole, so that a piece missing at its end is noticed. */
  public synchronized void logged(long sequence) throws IOException {
    if (sequence > manifest.logged()) {
      manifest =
          new Manifest(
              manifest.sequence(),
              sequence,
              manifest.version(),
              manifest.metadata(),
              manifest.segments());
      settled = false;
    }
    settle();
  }

  private static Manifest.Entry entry(Segment segment) {
    return new Manifest.Entry(String.valueOf(segment.path().getFileName()), segment.bytes());
  }

  /** No snapshot has this segment any more. Any thread. */
  void retire(Segment segment) {
    unused.add(segment);
    if (!deletes) {
      closeUnused();
    }
  }

  /** Closes and deletes what was retired. A maintenance thread. */
  public void sweep() throws IOException {
    closeUnused();
    for (Path path = undeleted.peek(); path != null; path = undeleted.peek()) {
      disk.delete(path);
      undeleted.remove(path);
    }
  }

  /** Closes what was retired. */
  public void closeUnused() {
    for (Segment segment = unused.poll(); segment != null; segment = unused.poll()) {
      segment.close();
      undeleted.add(segment.path());
    }
  }

  /** From now on retired segments are only closed: they are the index on disk. */
  public void keepFiles() {
    deletes = false;
  }
}
