/** The index's HTTP API and its line protocol. */
@NullMarked
package org.incipit.server.fpindex;

import org.jspecify.annotations.NullMarked;
