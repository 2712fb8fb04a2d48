package org.incipit.server.http.middleware;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.bucket4j.TimeMeter;
import org.junit.jupiter.api.Test;

class BucketsTest {
  private final Buckets buckets = new Buckets(2, 1, 10, new Still());

  /** A clock that stands. */
  private static final class Still implements TimeMeter {
    @Override
    public long currentTimeNanos() {
      return 0;
    }

    @Override
    public boolean isWallClockBased() {
      return false;
    }
  }

  @Test
  void aTokenThatIsPutBackIsThereAgain() {
    assertEquals(0, buckets.take("a"));
    assertEquals(0, buckets.take("a"));
    assertEquals(1, buckets.take("a"));
    buckets.putBack("a");
    assertEquals(0, buckets.take("a"));
    assertEquals(1, buckets.take("a"));
  }

  @Test
  void aBucketThatIsFullTakesNothingBack() {
    buckets.putBack("a");
    assertEquals(0, buckets.take("a"));
    assertEquals(0, buckets.take("a"));
    assertEquals(1, buckets.take("a"));
  }
}
