/// A mirror: follows the log of somebody else, checks every hash of it before it is kept, and
/// serves it again.
@NullMarked
package org.wattmark.server.mirror;

import org.jspecify.annotations.NullMarked;
