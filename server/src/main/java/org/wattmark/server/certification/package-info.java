/// Certified models: which device models with which firmware have passed the rules for devices, in
/// public, and which no longer count.
@NullMarked
package org.wattmark.server.certification;

import org.jspecify.annotations.NullMarked;
