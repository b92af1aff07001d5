/// Lists in pages: opaque cursors, and the next page's address in the `Link` header.
@NullMarked
package org.wattmark.server.paging;

import org.jspecify.annotations.NullMarked;
