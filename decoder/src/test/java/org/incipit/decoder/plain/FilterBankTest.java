package org.incipit.decoder.plain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilterBankTest {
  @ParameterizedTest
  @CsvSource({
    "8000, 16, 256", "12000, 22, 147", "16000, 30, 256", "22050, 40, 1", "24000, 44, 147",
    "32000, 60, 256", "44100, 80, 1", "48000, 88, 147", "88200, 160, 1", "96000, 176, 147",
    "176400, 320, 1", "192000, 350, 147"
  })
  void tapsAndPhasesFollowFromTheRate(int rate, int taps, int phases) {
    FilterBank bank = new FilterBank(rate);
    assertEquals(taps, bank.taps);
    assertEquals(phases, bank.phases);
    assertEquals(phases == 256, bank.interpolates);
  }

  @ParameterizedTest
  @CsvSource({"8000", "11024", "11026", "44056", "44100", "48000", "96000", "3072000"})
  void theStepsAddUpToTheRatioOfTheRates(int rate) {
    FilterBank bank = new FilterBank(rate);
    double step =
        bank.stepSamples + (bank.stepPhases + (double) bank.stepParts / bank.parts) / bank.phases;
    assertEquals(rate / 11025.0, step, 1e-9);
    assertTrue(bank.stepPhases < bank.phases && bank.stepParts < bank.parts);
  }

  @Test
  void theFirstRowSumsUpToWhatIsAskedFor() {
    FilterBank bank = new FilterBank(44100);
    double[] rows = bank.rows(32768);
    double sum = 0;
    for (int i = 0; i < bank.taps; i++) {
      sum += rows[i];
    }
    assertEquals(32768, sum, 1e-6);
    assertEquals(6554, rows[bank.centre], 0.5);
  }

  @Test
  void anEvenNumberOfPhasesIsMirrored() {
    FilterBank bank = new FilterBank(8000);
    double[] rows = bank.rows(1);
    for (int phase = 1; phase < bank.phases; phase++) {
      for (int tap = 0; tap < bank.taps; tap++) {
        int mirrored = (bank.phases - phase) * bank.reach + bank.taps - 1 - tap;
        assertEquals(rows[phase * bank.reach + tap], rows[mirrored]);
      }
    }
  }

  @Test
  void theRowBeyondTheLastIsTheFirstOneTapLater() {
    FilterBank bank = new FilterBank(11026);
    double[] rows = bank.rows(1);
    int last = bank.phases * bank.reach;
    assertEquals(bank.taps + 1, bank.reach);
    assertEquals(0, rows[last]);
    for (int tap = 0; tap < bank.taps; tap++) {
      assertEquals(rows[tap], rows[last + tap + 1]);
    }
    assertFalse(Double.isNaN(rows[last + bank.taps]));
  }
}
