package io.coordination.benchmarks.report;

/**
 * One of those that are measured side by side.
 *
 * @param benchmark the class whose method it is
 * @param method the method that JMH calls
 * @param label what the table calls it
 * @param reference the method of the same class that stands for 1 in the column of ratios
 */
public record Subject(Class<?> benchmark, String method, String label, String reference) {}
