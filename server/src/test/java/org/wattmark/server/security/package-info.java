/// Tokens, sign-in and access, tested over real HTTP.
@NullMarked
package org.wattmark.server.security;

import org.jspecify.annotations.NullMarked;
