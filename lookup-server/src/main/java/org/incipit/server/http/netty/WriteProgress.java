package org.incipit.server.http.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;

/** Since when the other side has taken nothing of what waits for it. On the channel's loop. */
final class WriteProgress {
  private final Channel channel;
  private long since;
  private long pending;
  private long progress;

  WriteProgress(Channel channel) {
    this.channel = channel;
  }

  /** Whether bytes wait for the other side; notes since when it has taken none. */
  boolean isWriting(long now) {
    ChannelOutboundBuffer out = channel.unsafe().outboundBuffer();
    long bytes = out == null ? 0 : out.totalPendingWriteBytes();
    long done = out == null ? 0 : out.currentProgress();
    if (bytes == 0 || bytes != pending || done != progress) {
      since = now;
      pending = bytes;
      progress = done;
    }
    return bytes > 0;
  }

  /** Whether it has taken nothing for so long; after {@link #isWriting}. */
  boolean isStalled(long now, long nanos) {
    return pending > 0 && now - since > nanos;
  }
}
