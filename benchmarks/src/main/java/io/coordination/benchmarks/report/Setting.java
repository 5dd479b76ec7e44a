package io.coordination.benchmarks.report;

/**
 * Under which all subjects of a suite are measured.
 *
 * @param label what the table is called
 * @param threads how many call at once
 * @param names how many names there are to choose from; 0 where the benchmark has no such parameter
 */
public record Setting(String label, int threads, int names) {}
