package io.coordination.jdbc;

import java.util.regex.Pattern;

/**
 * The table that keeps the largest token seen of each resource.
 *
 * @param name an identifier that needs no quotes, with its schema before a dot if it has one: it is part of the statements,
 *     so nothing else may come in
 */
public record FenceTable(String name) {

    /** The name of the table in the script. */
    public static final String DEFAULT_NAME = "coordination_fence";

    private static final String PART = "[A-Za-z_][A-Za-z0-9_]{0,62}";
    private static final Pattern IDENTIFIER = Pattern.compile("(?:" + PART + "\\.)?" + PART);

    public FenceTable {
        if (!IDENTIFIER.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "The name of a fence table begins with a letter or an underscore and has at"
                            + " most 63 letters, digits and underscores; a schema of the same kind and a dot may come before it.");
        }
    }
}
