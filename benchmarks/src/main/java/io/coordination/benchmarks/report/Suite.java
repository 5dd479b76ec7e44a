package io.coordination.benchmarks.report;

import java.util.List;

/**
 * Subjects and settings that answer one question.
 *
 * @param name what {@code scripts/benchmark} calls it
 * @param question the heading of its page
 * @param notes what a reader has to know to read the figures
 */
public record Suite(String name, String question, List<Subject> subjects, List<Setting> settings, List<String> notes) {}
