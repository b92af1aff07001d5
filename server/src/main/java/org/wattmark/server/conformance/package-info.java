/// What a maker's device has to keep to, rule by rule: tried on a capture of what it sent, and
/// shown on a running server by a device that breaks each rule once.
@NullMarked
package org.wattmark.server.conformance;

import org.jspecify.annotations.NullMarked;
