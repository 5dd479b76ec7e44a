package io.coordination.channel;

import io.coordination.ProcessId;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What one end of a link says of itself before anything else: named fields, kept as they came. Proofs cover all of them, those
 * that only a later version understands included.
 *
 * @param fields sorted by name; names and values without control characters
 */
public record Greeting(SortedMap<String, String> fields) {

    /** The most fields of a greeting. */
    public static final int MOST_FIELDS = 32;

    /** The most characters of a name or value. */
    public static final int LONGEST_FIELD = 1_024;

    static final String CLUSTER = "cluster";
    static final String NODE = "node";
    static final String INCARNATION = "incarnation";
    static final String GROUP = "group";
    static final String NONCE = "nonce";
    static final String VERSIONS = "versions";
    static final String CLOCK = "clock";

    public Greeting {
        fields = Collections.unmodifiableSortedMap(new TreeMap<>(fields));
        if (fields.size() > MOST_FIELDS) {
            throw new IllegalArgumentException(
                    "A greeting has at most " + MOST_FIELDS + " fields, but there were " + fields.size() + ".");
        }
        fields.forEach((name, value) -> {
            requireFine(name);
            requireFine(value);
        });
    }

    /** Of these fields, in any order. */
    public static Greeting of(Map<String, String> fields) {
        return new Greeting(new TreeMap<>(fields));
    }

    private static void requireFine(String text) {
        if (text.length() > LONGEST_FIELD || text.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    "A field of a greeting has at most " + LONGEST_FIELD + " characters and no control characters.");
        }
    }

    @Nullable
    String get(String name) {
        return fields.get(name);
    }

    /** Whoever it says it is. */
    ProcessId process() throws LinkRefusedException {
        try {
            return new ProcessId(required(NODE), Long.parseLong(required(INCARNATION)));
        } catch (IllegalArgumentException e) {
            throw new LinkRefusedException(Cause.MALFORMED, "it says nothing usable of who it is: " + e.getMessage());
        }
    }

    String required(String name) throws LinkRefusedException {
        String value = fields.get(name);
        if (value == null || value.isEmpty()) {
            throw new LinkRefusedException(Cause.MALFORMED, "its greeting has no \"" + name + "\".");
        }
        return value;
    }
}
