/// Who acts: organisations, people and machines, their tokens, and what each may ask for.
@NullMarked
package org.wattmark.server.security;

import org.jspecify.annotations.NullMarked;
