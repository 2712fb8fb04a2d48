package org.incipit.cli.fpcalc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FileReportTest {
  private final FileReport report = new FileReport(new TextBudget(1 << 22));
  private final RecordingReport console = new RecordingReport();

  @Test
  void whatWasKeptComesOutInOrderWithTheStatus() throws IOException {
    report.output(new ByteText().append("a"));
    report.error(new ByteText().append("b"));
    report.output(new ByteText().append("c"));
    report.done(3);
    assertEquals(3, report.forward(console));
    assertEquals("a<b>c", console.text());
  }

  @Test
  void textIsCopiedWhenItIsReported() throws IOException {
    ByteText text = new ByteText().append("one");
    report.output(text);
    text.clear();
    text.append("two");
    report.done(0);
    report.forward(console);
    assertEquals("one", console.text());
  }

  @Test
  void manyFilesTogetherKeepNoMoreThanTheBudget() throws Exception {
    TextBudget budget = new TextBudget(1 << 20);
    FileReport[] reports = new FileReport[50];
    ByteText large = new ByteText().append(new byte[300_000]);
    AtomicInteger said = new AtomicInteger();
    for (int i = 0; i < reports.length; i++) {
      reports[i] = new FileReport(budget);
    }
    CompletableFuture<Void> files =
        CompletableFuture.runAsync(() -> {
          for (FileReport each : reports) {
            each.output(large);
            said.incrementAndGet();
            each.done(0);
          }
        });
    Thread.sleep(50);
    assertTrue(said.get() <= 4, "kept " + said.get());
    for (FileReport each : reports) {
      assertEquals(0, each.forward(console));
    }
    files.get(30, TimeUnit.SECONDS);
    assertEquals(15_000_000, console.text().length());
  }

  @Test
  void aFileWithMoreToSayThanIsKeptWaitsForItsTurn() throws Exception {
    ByteText large = new ByteText().append(new byte[300_000]);
    AtomicInteger said = new AtomicInteger();
    CompletableFuture<Void> file =
        CompletableFuture.runAsync(() -> {
          for (int i = 0; i < 100; i++) {
            report.output(large);
            said.incrementAndGet();
          }
          report.done(0);
        });
    Thread.sleep(50);
    assertTrue(said.get() <= 4, "kept " + said.get());
    report.forward(console);
    file.get(30, TimeUnit.SECONDS);
    assertEquals(30_000_000, console.text().length());
  }
}
