/// Projects and their claims, the issuance of credit blocks on verified statements, retirement and
/// the certificate that proves it, and what two persons may do to units that were issued.
@NullMarked
package org.wattmark.registry;

import org.jspecify.annotations.NullMarked;
