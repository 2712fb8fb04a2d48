/**
 * What straight-line code on virtual threads needs and the JDK has not. A {@link
 * org.incipit.server.task.Deadline} is one budget for all that is done for a request: whoever waits
 * asks it how long. A {@link org.incipit.server.task.TaskGroup} holds tasks that are started,
 * waited for and cancelled together, and none of which outlives it; they inherit the deadline. A
 * {@link org.incipit.server.task.Channel} hands values from tasks to tasks, a bounded number at a
 * time.
 *
 * <p>All waiting ends in one of three ways: with what was waited for, with {@link
 * java.util.concurrent.TimeoutException} at the deadline, or with {@link InterruptedException},
 * which I/O tells as an {@link org.incipit.server.task.Interruption}.
 *
 * <p>Who ends a thread waits for it with {@link org.incipit.server.task.Joining}, which nothing
 * cuts short.
 *
 * <p>Arrows: this package imports nothing but the JDK; {@code net}, {@code http} and those above
 * them import it, and {@code catalog.store}.
 */
@NullMarked
package org.incipit.server.task;

import org.jspecify.annotations.NullMarked;
