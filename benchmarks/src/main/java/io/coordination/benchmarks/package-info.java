/** Measured side by side: what the product costs, its peers, and the limit of the machine. */
@NullMarked
package io.coordination.benchmarks;

import org.jspecify.annotations.NullMarked;
