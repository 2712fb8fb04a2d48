/**
 * Files as an index needs them: {@link org.incipit.server.index.file.Disk} is the file system and
 * what may be relied on after a crash, {@link org.incipit.server.index.file.CorruptIndexException}
 * names the place where a file is damaged, {@code Holders} counts who has something open.
 */
@NullMarked
package org.incipit.server.index.file;

import org.jspecify.annotations.NullMarked;
