/* libchromaprint on 120 s of audio, for the figures beside FingerprinterBenchmark:
 * cc -O2 libchromaprint.c -lchromaprint -lm -o libchromaprint && ./libchromaprint [ROUNDS]
 * Prints the minimum and median CPU milliseconds of a whole pass. */
#include <chromaprint.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { SECONDS = 120, BLOCK = 4096 };

static double cpu_ms(void) {
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return t.tv_sec * 1e3 + t.tv_nsec / 1e6;
}

static int ascending(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static void measure(int rate, int channels, int rounds) {
  long frames = (long)SECONDS * rate;
  int16_t *pcm = malloc((size_t)frames * (size_t)channels * sizeof *pcm);
  double phase[6] = {0}, step[6] = {0}, *times = malloc((size_t)rounds * sizeof *times);
  for (long t = 0; t < frames; t++) {
    if (t % (rate / 5) == 0)
      for (int v = 0; v < 6; v++) step[v] = 2 * M_PI * 60 * pow(2, 5.0 * rand() / RAND_MAX) / rate;
    double sum = (double)rand() / RAND_MAX - 0.5;
    for (int v = 0; v < 6; v++) sum += sin(phase[v] += step[v]);
    for (int c = 0; c < channels; c++) pcm[t * channels + c] = (int16_t)(sum * (4000 - 300 * c));
  }
  ChromaprintContext *context = chromaprint_new(CHROMAPRINT_ALGORITHM_DEFAULT);
  int items = 0;
  for (int round = -3; round < rounds; round++) {
    double before = cpu_ms();
    chromaprint_start(context, rate, channels);
    for (long at = 0; at < frames; at += BLOCK) {
      long n = frames - at < BLOCK ? frames - at : BLOCK;
      chromaprint_feed(context, pcm + at * channels, (int)(n * channels));
    }
    chromaprint_finish(context);
    chromaprint_get_raw_fingerprint_size(context, &items);
    if (round >= 0) times[round] = cpu_ms() - before;
  }
  qsort(times, (size_t)rounds, sizeof *times, ascending);
  printf("libchromaprint %s, %d Hz, %d channels: min %.2f ms, median %.2f ms, %d items\n",
         chromaprint_get_version(), rate, channels, times[0], times[rounds / 2], items);
  chromaprint_free(context);
  free(pcm);
  free(times);
}

int main(int argc, char **argv) {
  int rounds = argc > 1 ? atoi(argv[1]) : 50;
  measure(11025, 1, rounds);
  measure(44100, 2, rounds);
  measure(48000, 2, rounds);
  return 0;
}
