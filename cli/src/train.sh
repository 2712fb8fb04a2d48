#!/bin/sh
# train.sh DISTRIBUTION: makes its class cache from the kinds of files that people have most.
cd "${0%/*}/../../testdata/golden/audio" || exit 2
exec sh "$1/lib/train.sh" mp3-vbr-v5-44k.mp3 flac16-22k-mono.flac vorbis-copy-48k-st.ogg \
  aac-lc-44k-st.m4a wav-s16-44k-st.wav bad-text.mp3
