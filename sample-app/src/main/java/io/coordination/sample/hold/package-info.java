/** Holds the lock of a seat for a while, so that one can watch it. */
@NullMarked
package io.coordination.sample.hold;

import org.jspecify.annotations.NullMarked;
