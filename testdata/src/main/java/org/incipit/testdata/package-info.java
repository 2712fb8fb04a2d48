/**
 * Where tests find the golden audio, its reference fingerprints and the vectors. The files lie in
 * this module's folder, not in its jar; the build names that folder by the system property {@code
 * testdata.dir}. For tests only.
 *
 * <p>Arrows: imports nothing of ours.
 */
@NullMarked
package org.incipit.testdata;

import org.jspecify.annotations.NullMarked;
