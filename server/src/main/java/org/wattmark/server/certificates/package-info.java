/// Certificates as people and machines check them: the public page, the PDF, the verifiable
/// credential with its status list, and where each gram comes from.
@NullMarked
package org.wattmark.server.certificates;

import org.jspecify.annotations.NullMarked;
