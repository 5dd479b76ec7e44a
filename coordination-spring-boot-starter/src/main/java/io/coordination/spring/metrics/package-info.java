/** The meters of locks, for Micrometer. */
@NullMarked
package io.coordination.spring.metrics;

import org.jspecify.annotations.NullMarked;
