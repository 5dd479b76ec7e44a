/** Reserving and buying a seat: check, then act. With a lock, and without. */
@NullMarked
package io.coordination.sample.sale;

import org.jspecify.annotations.NullMarked;
