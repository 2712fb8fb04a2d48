package org.incipit.server.http.netty;

import io.netty.handler.codec.http.HttpHeaders;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.incipit.server.http.Headers;
import org.jspecify.annotations.Nullable;

/** Netty's headers as handlers see them. */
final class RequestHeaders implements Headers {
  private final HttpHeaders headers;

  RequestHeaders(HttpHeaders headers) {
    this.headers = headers;
  }

  @Override
  public @Nullable String first(String name) {
    return headers.get(name);
  }

  @Override
  public List<String> all(String name) {
    return headers.getAll(name);
  }

  @Override
  public void forEach(BiConsumer<String, String> to) {
    Iterator<Map.Entry<CharSequence, CharSequence>> all = headers.iteratorCharSequence();
    while (all.hasNext()) {
      Map.Entry<CharSequence, CharSequence> header = all.next();
      to.accept(header.getKey().toString(), header.getValue().toString());
    }
  }
}
