/**
 * Audio files as the commands that ask a server see them: {@code FileFingerprint} is what fpcalc
 * would print of one, {@code InOrder} takes many at a time and keeps their order, {@code
 * AudioFolders} finds them.
 *
 * <p>Arrows: this package → decoder, fingerprint-core. Nothing here imports picocli.
 */
@NullMarked
package org.incipit.cli.audiofile;

import org.jspecify.annotations.NullMarked;
