/** See below. */
@NullMarked
package org.incipit.fingerprint;

import org.jspecify.annotations.NullMarked;
