package org.incipit.server.acoustid.client;

import java.io.IOException;
import java.net.URI;
import org.incipit.server.http.client.Call;
import org.incipit.server.http.client.ClientLimits;
import org.incipit.server.http.client.RefusedException;
import org.incipit.server.http.client.WebClient;

/**
 * Over HTTP. Asks again where the server is busy (429, 503), as its limits allow; packs what is
 * long, unless the server cannot unpack it.
 */
final class HttpTransport implements Transport {
  /** Below it, packing saves nothing. */
  private static final int WORTH_PACKING = 1400;

  private final URI service;
  private final WebClient web;
  private final Pace pace;
  private volatile boolean packs = true;

  /** To a server, by connections of its own. */
  HttpTransport(Account account, ClientLimits limits) {
    service = account.service();
    web = new WebClient(limits);
    pace = new Pace(account.interval());
  }

  @Override
  public byte[] post(String method, byte[] form, boolean asks) throws IOException {
    URI uri = service.resolve(method);
    if (packs && form.length >= WORTH_PACKING) {
      Call packed = Call.post(uri, FormBody.TYPE, FormBody.packed(form));
      try {
        return send(packed.header("Content-Encoding", "gzip"), asks);
      } catch (RefusedException e) {
        // The service tells its errors in JSON; this one did not get that far.
        boolean unread = e.status() == 400 || e.status() == 415;
        if (!unread || AnswerReader.error(e.text()) != null) {
          throw e;
        }
        packs = false;
      }
    }
    return send(Call.post(uri, FormBody.TYPE, form), asks);
  }

  private byte[] send(Call call, boolean asks) throws IOException {
    pace.await();
    return web.send(asks ? call.repeatable() : call.repeatableIfBusy()).body();
  }

  @Override
  public void close() {
    web.close();
  }
}
