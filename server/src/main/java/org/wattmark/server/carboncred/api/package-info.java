/// CarbonCred's paths, with its shapes, as a thin layer over the same domain: tokens for a
/// password, kilograms by handle, declared emissions, projects and what they reduced.
@NullMarked
package org.wattmark.server.carboncred.api;

import org.jspecify.annotations.NullMarked;
