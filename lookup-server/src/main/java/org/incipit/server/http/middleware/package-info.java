/**
 * What may stand around handlers: {@code Cors}, {@code ForeignHost}, {@code ForeignOrigin}, {@code
 * Authentication} and {@code RateLimit} let requests through or refuse them, {@code Compression}
 * packs answers, {@code AccessLog} and {@code RequestMetrics} look on. None of it waits, so that
 * all of it runs on event loops. What looks on stands outermost, what refuses before what works.
 *
 * <p>Imports: {@code http}; only this package sees Bucket4j and Micrometer. Imported by what builds
 * routers.
 */
@NullMarked
package org.incipit.server.http.middleware;

import org.jspecify.annotations.NullMarked;
