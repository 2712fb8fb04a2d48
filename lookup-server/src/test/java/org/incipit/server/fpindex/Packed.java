package org.incipit.server.fpindex;

import java.io.IOException;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessageUnpacker;
import org.msgpack.value.ImmutableValue;
import org.msgpack.value.Value;

/** MessagePack by other people's code. */
final class Packed {
  private Packed() {}

  interface Writer {
    void write(MessageBufferPacker out) throws IOException;
  }

  static byte[] of(Writer writer) {
    try (MessageBufferPacker out = MessagePack.newDefaultBufferPacker()) {
      writer.write(out);
      return out.toByteArray();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** The value in bytes that hold nothing else, as JSON. */
  static String json(byte[] bytes) {
    try (MessageUnpacker in = MessagePack.newDefaultUnpacker(bytes)) {
      ImmutableValue value = in.unpackValue();
      if (in.hasNext()) {
        throw new AssertionError("something follows " + value);
      }
      return value.toJson();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** The same value as some JSON has, with keys of the first letter only. */
  static byte[] fromJson(String json) {
    return of(out -> new JsonPacker(json, out).pack());
  }

  static byte[] bytes(Value value) {
    return of(out -> out.packValue(value));
  }
}
