/* Records library.tsv: what libchromaprint makes of synthetic audio and of golden WAV files.
 * cc -O2 record.c -lchromaprint -o record && ./record ../golden/audio > library.tsv
 * Columns: source, sample rate, channels, algorithm id, frames fed, compressed fingerprint. */
#include <chromaprint.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const int RATES[] = {1001,  4000,  8000,  11024, 11025, 11026, 12000, 16000,
                            22050, 24000, 32000, 44100, 48000, 96000, 192000};
static const int CHANNELS[] = {1, 2, 6};

/* Four triangle waves whose pitches jump four times a second, and noise; integers only. */
static void synthesize(int16_t *out, long frames, int rate, int channels) {
  for (int c = 0; c < channels; c++) {
    uint32_t seed = 12345u + 777u * (uint32_t)c, phase[4] = {0, 0, 0, 0}, step[4] = {0, 0, 0, 0};
    for (long t = 0; t < frames; t++) {
      if (t % (rate / 4) == 0)
        for (int v = 0; v < 4; v++) {
          seed = seed * 1664525u + 1013904223u;
          uint32_t hertz = 60u + (seed >> 16) % 1800u;
          step[v] = (uint32_t)(((uint64_t)hertz << 32) / (uint64_t)rate);
        }
      int32_t sum = 0;
      for (int v = 0; v < 4; v++) {
        phase[v] += step[v];
        int32_t ramp = (int32_t)(phase[v] >> 16);              /* 0..65535 */
        sum += (ramp < 32768 ? ramp : 65535 - ramp) - 16384;   /* a triangle */
      }
      seed = seed * 1664525u + 1013904223u;
      sum += (int32_t)(seed >> 22) - 512;
      out[t * channels + c] = (int16_t)(sum / 3);
    }
  }
}

static void record(const char *source, const int16_t *pcm, long frames, int rate, int channels,
                   int algorithm) {
  ChromaprintContext *context = chromaprint_new(algorithm);
  char *text;
  chromaprint_start(context, rate, channels);
  for (long at = 0; at < frames; at += 5000) {
    long n = frames - at < 5000 ? frames - at : 5000;
    chromaprint_feed(context, pcm + at * channels, (int)(n * channels));
  }
  chromaprint_finish(context);
  chromaprint_get_fingerprint(context, &text);
  printf("%s\t%d\t%d\t%d\t%ld\t%s\n", source, rate, channels, algorithm, frames, text);
  chromaprint_dealloc(text);
  chromaprint_free(context);
}

/* The samples of a 16-bit PCM WAV file, from its data chunk. */
static int16_t *wav(const char *folder, const char *name, long *samples) {
  char path[4096];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  FILE *file = fopen(path, "rb");
  if (!file) { perror(path); exit(1); }
  unsigned char head[12], chunk[8];
  if (fread(head, 1, 12, file) != 12) exit(1);
  while (fread(chunk, 1, 8, file) == 8) {
    uint32_t size = chunk[4] | chunk[5] << 8 | chunk[6] << 16 | (uint32_t)chunk[7] << 24;
    if (!memcmp(chunk, "data", 4)) {
      int16_t *pcm = malloc(size);
      *samples = (long)fread(pcm, 2, size / 2, file);
      fclose(file);
      return pcm;
    }
    fseek(file, size + (size & 1), SEEK_CUR);
  }
  exit(1);
}

int main(int argc, char **argv) {
  if (argc != 2) return 2;
  for (unsigned r = 0; r < sizeof RATES / sizeof *RATES; r++)
    for (unsigned c = 0; c < 3; c++) {
      int rate = RATES[r], channels = CHANNELS[c];
      /* Long enough for the slow rates, whose last 32768 samples are partly lost. */
      long frames = (long)rate * (rate < 8000 ? 60 : 12) + 137;
      int16_t *pcm = malloc((size_t)frames * (size_t)channels * 2);
      synthesize(pcm, frames, rate, channels);
      for (int algorithm = 0; algorithm < 5; algorithm++)
        record("synthetic", pcm, frames, rate, channels, algorithm);
      free(pcm);
    }
  struct { const char *name; int rate, channels; } files[] = {
      {"wav-s16-44k-st.wav", 44100, 2}, {"wav-s16-8k-mono.wav", 8000, 1},
      {"wav-s16-11k-mono-native.wav", 11025, 1}};
  for (unsigned f = 0; f < 3; f++) {
    long samples;
    int16_t *pcm = wav(argv[1], files[f].name, &samples);
    for (int algorithm = 0; algorithm < 5; algorithm++)
      record(files[f].name, pcm, samples / files[f].channels, files[f].rate, files[f].channels, algorithm);
    free(pcm);
  }
  return 0;
}
