/// The auditor: replays the journal from nothing and holds everything else in the database against
/// it, and the journal itself against what was signed.
@NullMarked
package org.wattmark.server.audit;

import org.jspecify.annotations.NullMarked;
