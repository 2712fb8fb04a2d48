package org.incipit.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.ResourceBundle;
import java.util.concurrent.CountDownLatch;
import org.incipit.server.http.Method;
import org.incipit.server.http.middleware.AccessLog;
import org.junit.jupiter.api.Test;

class AccessLinesTest {
  private static final AccessLog.Entry ENTRY =
      new AccessLog.Entry("::1", Method.GET, "/a b", 200, 5, 17, false);

  private final List<Object> written = Collections.synchronizedList(new ArrayList<>());
  private final CountDownLatch reading = new CountDownLatch(1);

  @Test
  void whatHasComeIsWrittenBeforeTheEnd() {
    reading.countDown();
    AccessLines lines = AccessLines.to(logger());
    for (int i = 0; i < 100; i++) {
      lines.accept(ENTRY);
    }
    lines.close();
    assertEquals(Collections.nCopies(100, ENTRY), written);
    assertEquals("::1 GET /a%20b 200 5 17 us cut", ENTRY.toString());
  }

  @Test
  void whoReadsNothingHoldsUpNobodyAndIsToldHowMuchIsMissing() {
    AccessLines lines = AccessLines.to(logger());
    for (int i = 0; i < 30_000; i++) {
      lines.accept(ENTRY);
    }
    reading.countDown();
    lines.close();
    long missing = 0;
    for (Object line : written) {
      if (line instanceof String text) {
        assertTrue(text.endsWith(" requests are missing here, they came too fast"), text);
        missing += Long.parseLong(text.substring(0, text.indexOf(' ')));
      }
    }
    long entries = written.stream().filter(ENTRY::equals).count();
    assertTrue(entries <= 10_001, "kept " + entries);
    assertEquals(30_000, entries + missing);
  }

  private System.Logger logger() {
    return new System.Logger() {
      @Override
      public String getName() {
        return "access";
      }

      @Override
      public boolean isLoggable(Level level) {
        return true;
      }

      @Override
      public void log(Level level, ResourceBundle bundle, String text, Throwable thrown) {
        written.add(text);
      }

      @Override
      public void log(Level level, ResourceBundle bundle, String format, Object... values) {
        try {
          reading.await();
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
        written.add(values == null || values.length == 0 ? format : values[0]);
      }
    };
  }
}
