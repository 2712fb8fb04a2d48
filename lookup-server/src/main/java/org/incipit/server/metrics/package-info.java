/**
 * How rooms tell what they count: as a {@code MetricsText.Source} that prints itself. {@code
 * fpindex} has the page on which all of them are.
 *
 * <p>Imports nothing of ours. Imported by whoever counts.
 */
@NullMarked
package org.incipit.server.metrics;

import org.jspecify.annotations.NullMarked;
