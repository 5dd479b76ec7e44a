/** What a lease costs in one JVM, beside locks that promise less. */
@NullMarked
package io.coordination.benchmarks.lock;

import org.jspecify.annotations.NullMarked;
