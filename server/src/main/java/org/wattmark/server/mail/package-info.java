/// Mail that goes out: to a folder, or by SMTP to where it belongs.
@NullMarked
package org.wattmark.server.mail;

import org.jspecify.annotations.NullMarked;
