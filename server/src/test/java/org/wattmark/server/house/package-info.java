/// The rules of the house as tests: who may know whom, what a type may hold, how a file may look.
/// Each rule has a control in which it must find a planted violation.
@NullMarked
package org.wattmark.server.house;

import org.jspecify.annotations.NullMarked;
