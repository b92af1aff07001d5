/// The transparency log: an RFC 6962 Merkle tree kept as C2SP tiles, its signed checkpoints and
/// proofs, and the verifier that needs no network.
@NullMarked
package org.wattmark.tlog;

import org.jspecify.annotations.NullMarked;
