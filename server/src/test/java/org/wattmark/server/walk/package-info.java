/// Stories of the whole walk, told over real HTTP on a real database.
@NullMarked
package org.wattmark.server.walk;

import org.jspecify.annotations.NullMarked;
