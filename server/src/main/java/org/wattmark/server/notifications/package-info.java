/// What people are told of what needs or concerns them, in the application and by mail.
@NullMarked
package org.wattmark.server.notifications;

import org.jspecify.annotations.NullMarked;
