/// The description of the API, generated from the controllers: `/openapi.json`, readable at
/// `/docs`.
@NullMarked
package org.wattmark.server.openapi;

import org.jspecify.annotations.NullMarked;
