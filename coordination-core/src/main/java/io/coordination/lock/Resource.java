package io.coordination.lock;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * What a lease is taken on: a name for the kind of thing, and a key for the one thing of that kind, empty where there is only
 * one. Names are few and appear as metric tags; keys may be many and do not.
 *
 * @param name not blank, without control characters and half surrogate pairs
 * @param key likewise, but may be empty; together with the name at most {@value #LONGEST} characters
 */
public record Resource(String name, String key) {

    /** The most characters that name and key may have together. */
    public static final int LONGEST = 512;

    public Resource {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(key, "key");
        if (name.isBlank()) {
            throw new IllegalArgumentException(
                    "A lock name has at least one visible character, but was \"" + escaped(name) + "\".");
        }
        requireText("name", name);
        requireText("key", key);
        if (name.length() + key.length() > LONGEST) {
            throw new IllegalArgumentException("A lock name and its key have at most " + LONGEST
                    + " characters together, but \"" + escaped(name) + "\" has " + name.length() + " and its key "
                    + key.length() + ". Use a shorter key, such as an id.");
        }
    }

    /** The only resource of its kind. */
    public static Resource named(String name) {
        return new Resource(name, "");
    }

    /** One resource of a kind. */
    public static Resource of(String name, String key) {
        return new Resource(name, key);
    }

    private static void requireText(String what, String text) {
        boolean hasSurrogates = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c)) {
                throw new IllegalArgumentException(
                        "A lock " + what + " has no control characters, but was \"" + escaped(text) + "\".");
            }
            hasSurrogates |= Character.isSurrogate(c);
        }
        // Half a pair cannot be sent or stored: two resources would become one.
        if (hasSurrogates && !StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new IllegalArgumentException(
                    "A lock " + what + " has no half surrogate pairs, but was \"" + escaped(text) + "\".");
        }
    }

    private static String escaped(String text) {
        StringBuilder out = new StringBuilder();
        text.chars().limit(80).forEach(c -> {
            if (Character.isISOControl(c) || Character.isSurrogate((char) c)) {
                out.append(String.format("\\u%04x", c));
            } else {
                out.append((char) c);
            }
        });
        return text.length() > 80 ? out.append("...").toString() : out.toString();
    }

    /** For people, in messages and logs; never parsed. */
    @Override
    public String toString() {
        return key.isEmpty() ? "\"" + name + "\"" : "\"" + name + "\" [" + key + "]";
    }
}
