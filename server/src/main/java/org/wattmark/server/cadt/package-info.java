/// What the Climate Action Data Trust shares among registries, in its shape: our units for it, and
/// other registries' projects, issuances and units as their history. Nothing here issues anything.
@NullMarked
package org.wattmark.server.cadt;

import org.jspecify.annotations.NullMarked;
