package org.incipit.server.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NewFolderTest {
  @TempDir private Path folder;

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static void fill(NewFolder made) throws IOException {
    Files.createDirectory(made.path().resolve("inner"));
    Files.writeString(made.path().resolve("inner/file"), "text");
    Files.writeString(made.path().resolve("last"), "text");
  }

  @Test
  void whatIsThereAlreadyIsNeverDeleted() throws Exception {
    Path other = Files.createDirectory(folder.resolve("new.partial"));
    Files.writeString(other.resolve("precious"), "text");
    try (NewFolder made = new NewFolder(folder.resolve("new"))) {
      fill(made);
    }
    assertEquals(List.of("new.partial"), names(folder));
    assertEquals(List.of("precious"), names(other));
  }

  @Test
  void twoDoNotMeet() throws Exception {
    try (NewFolder one = new NewFolder(folder.resolve("new"));
        NewFolder other = new NewFolder(folder.resolve("new"))) {
      assertNotEquals(one.path(), other.path());
      fill(one);
      fill(other);
      one.complete("last");
      assertThrows(IOException.class, () -> other.complete("last"));
    }
    assertEquals(List.of("new"), names(folder));
    assertEquals(List.of("inner", "last"), names(folder.resolve("new")));
  }

  @Test
  void anEmptyFolderStaysTheOneThatItIs() throws Exception {
    Path mounted = Files.createDirectory(folder.resolve("mounted"));
    Files.createDirectory(mounted.resolve("lost+found"));
    Object before = Files.readAttributes(mounted, "unix:ino").get("ino");
    try (NewFolder made = new NewFolder(mounted)) {
      assertTrue(made.path().startsWith(mounted));
      fill(made);
      made.complete("last");
    }
    assertEquals(List.of("inner", "last", "lost+found"), names(mounted));
    assertEquals(before, Files.readAttributes(mounted, "unix:ino").get("ino"));
    try (NewFolder failed = new NewFolder(Files.createDirectory(folder.resolve("other")))) {
      fill(failed);
    }
    assertEquals(List.of(), names(folder.resolve("other")));
    assertThrows(IOException.class, () -> new NewFolder(mounted));
  }

  @Test
  void onlyItsOwnerReadsIt() throws Exception {
    Path made = folder.resolve("deep/new");
    try (NewFolder part = new NewFolder(made)) {
      fill(part);
      assertEquals("rwx------", mode(part.path()));
      part.complete("last");
    }
    assertEquals("rwx------", mode(made));
    assertEquals("rwx------", mode(made.resolve("inner")));
    assertEquals("rw-------", mode(made.resolve("inner/file")));
    assertFalse(Files.exists(folder.resolve("new")));
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
