/**
 * The compressed form of a fingerprint, as bytes and as the text that {@code fpcalc} prints and
 * AcoustID's web service reads.
 *
 * <pre>
 * text       = base64 of bytes, alphabet A-Z a-z 0-9 - _, without padding
 * bytes      = algorithm:u8 size:u24be near far
 * near       = 3-bit values, the first in the lowest bits of the first byte, zero bits to a whole byte
 * far        = 5-bit values, laid out likewise
 * </pre>
 *
 * <p>Item 0 is written as it is, every other one as its exclusive-or with the one before it. Of the
 * 32 bits of that, numbered 1 to 32 from the lowest, each set one is written as its distance from
 * the set bit below it (from 0 for the lowest) and a 0 ends the item. A distance up to 6 is one
 * near value; a longer one is the near value 7 and a far value that holds the rest.
 *
 * <p>{@link FingerprintCodec} is the face; behind it {@code Compressor} and {@code Decompressor}
 * know the bytes and {@code UrlBase64} the text. There is no checksum and no version: the format is
 * older than this project. {@code Decompressor} measures the near values before it allocates what
 * the size in the header asks for.
 *
 * <p>Source: Chromaprint 1.6.1. Two things differ. Algorithm ids above 127, which it reports as
 * negative numbers on x86, are 128..255 here; and a fingerprint of more than 16 777 215 items,
 * whose size it silently cuts to 24 bits, is refused.
 *
 * <p>Arrows: this package → {@code org.incipit.fingerprint}.
 */
@NullMarked
package org.incipit.fingerprint.codec;

import org.jspecify.annotations.NullMarked;
