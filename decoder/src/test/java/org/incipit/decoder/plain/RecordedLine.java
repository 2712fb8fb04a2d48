package org.incipit.decoder.plain;

import java.util.concurrent.CountDownLatch;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.Control;
import javax.sound.sampled.DataLine;
import javax.sound.sampled.Line;
import javax.sound.sampled.LineListener;
import javax.sound.sampled.LineUnavailableException;
import javax.sound.sampled.TargetDataLine;

/**
 * A line that hears what a test tells it to. As the lines of the JDK it blocks until it has as much
 * as was asked for; a pause in what it hears, like stopping and closing, ends a read early.
 */
final class RecordedLine implements TargetDataLine {
  private final CountDownLatch reader = new CountDownLatch(1);
  private AudioFormat format = new AudioFormat(44100, 16, 2, true, false);
  private byte[] heard = {};
  private int next;
  private boolean open;
  private boolean running;
  private boolean ended;
  private String refusal = "";

  synchronized void hear(byte[] bytes) {
    heard = bytes;
    next = 0;
    notifyAll();
  }

  void refuse(String reason) {
    refusal = reason;
  }

  void awaitReader() throws InterruptedException {
    reader.await();
    Thread.sleep(50);
  }

  @Override
  public void open(AudioFormat wanted) throws LineUnavailableException {
    if (!refusal.isEmpty()) {
      throw new LineUnavailableException(refusal);
    }
    format = wanted;
    open = true;
  }

  @Override
  public void open(AudioFormat wanted, int bufferSize) throws LineUnavailableException {
    open(wanted);
  }

  @Override
  public void open() throws LineUnavailableException {
    open(format);
  }

  @Override
  public synchronized int read(byte[] into, int offset, int length) {
    if (length % format.getFrameSize() != 0) {
      throw new IllegalArgumentException("not whole frames: " + length);
    }
    reader.countDown();
    try {
      while (next == heard.length && !ended) {
        wait();
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    int n = Math.min(length, heard.length - next);
    System.arraycopy(heard, next, into, offset, n);
    next += n;
    return n;
  }

  @Override
  public void start() {
    running = true;
  }

  @Override
  public synchronized void stop() {
    running = false;
    ended = true;
    notifyAll();
  }

  @Override
  public synchronized void close() {
    open = false;
    stop();
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public boolean isActive() {
    return running;
  }

  @Override
  public void drain() {}

  @Override
  public void flush() {}

  @Override
  public AudioFormat getFormat() {
    return format;
  }

  @Override
  public int getBufferSize() {
    return 8192;
  }

  @Override
  public synchronized int available() {
    return heard.length - next;
  }

  @Override
  public int getFramePosition() {
    return (int) getLongFramePosition();
  }

  @Override
  public synchronized long getLongFramePosition() {
    return next / format.getFrameSize();
  }

  @Override
  public long getMicrosecondPosition() {
    return (long) (getLongFramePosition() * 1e6 / format.getSampleRate());
  }

  @Override
  public float getLevel() {
    return 0;
  }

  @Override
  public Line.Info getLineInfo() {
    return new DataLine.Info(TargetDataLine.class, format);
  }

  @Override
  public Control[] getControls() {
    return new Control[0];
  }

  @Override
  public boolean isControlSupported(Control.Type control) {
    return false;
  }

  @Override
  public Control getControl(Control.Type control) {
    throw new IllegalArgumentException("no control " + control);
  }

  @Override
  public void addLineListener(LineListener listener) {}

  @Override
  public void removeLineListener(LineListener listener) {}
}
