package org.incipit.server.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.lang.System.Logger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;
import org.junit.jupiter.api.Test;

class OutageTest {
  private final List<String> told = new ArrayList<>();
  private final Outage outage = new Outage(new Told(), "the work");

  private final class Told implements Logger {
    @Override
    public String getName() {
      return "test";
    }

    @Override
    public boolean isLoggable(Level level) {
      return true;
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String message, Throwable thrown) {
      told.add(message + (thrown == null ? "" : " (" + thrown.getMessage() + ")"));
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String format, Object... parameters) {
      told.add(format);
    }
  }

  @Test
  void pausesGrowUntilItIsOver() {
    IOException away = new IOException("away");
    assertEquals(Duration.ofMillis(100), outage.failed(away));
    assertEquals(Duration.ofMillis(200), outage.failed(away));
    assertEquals(Duration.ofMillis(400), outage.pause());
    for (int i = 0; i < 10; i++) {
      outage.failed(away);
    }
    assertEquals(Duration.ofSeconds(5), outage.failed(away));
    outage.over();
    assertEquals(Duration.ofMillis(100), outage.failed(away));
  }

  @Test
  void eachCauseIsToldOnceAndTheEnd() {
    outage.over();
    outage.failed(new IOException("away"));
    outage.failed(new IOException("away"));
    outage.failed(new IOException("full"));
    outage.failed(new InternalError("torn"));
    outage.over();
    outage.over();
    outage.failed(new IOException("away"));
    assertEquals(
        List.of(
            "the work waits: java.io.IOException: away",
            "the work waits: java.io.IOException: full",
            "the work waits: java.lang.InternalError: torn (torn)",
            "the work goes on",
            "the work waits: java.io.IOException: away"),
        told);
  }
}
