/** Runs subjects in turns and writes tables of ratios. */
@NullMarked
package io.coordination.benchmarks.report;

import org.jspecify.annotations.NullMarked;
