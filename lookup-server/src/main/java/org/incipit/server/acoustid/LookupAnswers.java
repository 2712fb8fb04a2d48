package org.incipit.server.acoustid;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.incipit.server.catalog.Catalog;
import org.incipit.server.lookup.Lookup;

/** What {@code /v2/lookup} answers, for who needs no HTTP in between. Any number of threads. */
public final class LookupAnswers {
  private final LookupEndpoint endpoint;
  private final RateLimits limits = new RateLimits(AcoustidConfig.DEFAULT);
  private final LongAnswers longOnes = new LongAnswers();

  /** Of a catalogue, which stays the caller's. */
  public LookupAnswers(Catalog catalog, Lookup lookup) {
    KnownKeys any = new KnownKeys(catalog.keys(), false);
    endpoint = new LookupEndpoint(any, catalog.tracks(), lookup, new ServiceCounts());
  }

  /**
   * Answers.
   *
   * @param form parameters as clients post them, {@code format} aside
   * @return JSON, of an error of the service maybe
   * @throws IOException if the catalogue or the index cannot be read
   */
  public byte[] answer(byte[] form) throws IOException {
    LongAnswers.Turn turn = longOnes.turn();
    try {
      Arguments arguments = Arguments.ofForm(new String(form, StandardCharsets.ISO_8859_1));
      Fields answer = endpoint.answer(new Call(arguments, "", false, limits, turn));
      return Rendering.JSON.bytes(answer, turn);
    } catch (ApiError e) {
      return Rendering.JSON.bytes(e);
    } finally {
      turn.giveBack();
    }
  }
}
