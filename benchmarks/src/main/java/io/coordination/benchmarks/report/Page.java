package io.coordination.benchmarks.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/** A page of results in Markdown, which says on what it was measured. */
public final class Page {

    private final StringBuilder text = new StringBuilder();

    public Page(String title) {
        text.append("# ").append(title).append("\n\n");
        text.append(Machine.inWords())
                .append(" Measured on ")
                .append(LocalDate.now(ZoneOffset.UTC))
                .append(".\n");
    }

    public void paragraph(String words) {
        text.append('\n').append(words).append('\n');
    }

    public void list(List<String> items) {
        text.append('\n');
        items.forEach(item -> text.append("* ").append(item).append('\n'));
    }

    /** The first column is text, the others are figures. */
    public void table(String heading, List<String> columns, List<List<String>> rows) {
        text.append("\n## ").append(heading).append("\n\n");
        row(columns);
        text.append("|---").append("|---:".repeat(columns.size() - 1)).append("|\n");
        rows.forEach(this::row);
    }

    private void row(List<String> cells) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    /** Prints the page and keeps it as a file. */
    public void writeTo(Path file) {
        System.out.println(text);
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
