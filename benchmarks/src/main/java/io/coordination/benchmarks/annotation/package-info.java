/** What an annotation adds to acquire and release from code. */
@NullMarked
package io.coordination.benchmarks.annotation;

import org.jspecify.annotations.NullMarked;
