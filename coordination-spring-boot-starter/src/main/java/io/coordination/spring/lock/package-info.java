/** How {@link io.coordination.annotation.WithLock} works: the advice, its transactions, and the checks at start-up. */
@NullMarked
package io.coordination.spring.lock;

import org.jspecify.annotations.NullMarked;
