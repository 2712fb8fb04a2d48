/**
 * The {@code incipit} command: {@link org.incipit.cli.Incipit} knows its subcommands, each a class
 * or a package of its own.
 *
 * <p>Arrows: this package → {@code .fpcalc}, {@code .audiofile}, {@code org.incipit.server} and its
 * rooms; only this one sees picocli.
 */
@NullMarked
package org.incipit.cli;

import org.jspecify.annotations.NullMarked;
