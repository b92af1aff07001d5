/// What people are told.
@NullMarked
package org.wattmark.server.notifications;

import org.jspecify.annotations.NullMarked;
