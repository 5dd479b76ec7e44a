/** What names and held leases weigh. */
@NullMarked
package io.coordination.benchmarks.footprint;

import org.jspecify.annotations.NullMarked;
