/// The description of the API, read over HTTP.
@NullMarked
package org.wattmark.server.openapi;

import org.jspecify.annotations.NullMarked;
