package io.coordination.channel;

import java.util.regex.Pattern;

/**
 * Which receiver of a process a message is for. Both ends know the destinations of a version of the protocol; any other is
 * refused.
 *
 * @param name lower case letters, digits and hyphens, 1 to 32 characters
 */
public record Destination(String name) {

    private static final Pattern SHAPE = Pattern.compile("[a-z0-9-]{1,32}");

    public Destination {
        if (!SHAPE.matcher(name).matches()) {
            throw new IllegalArgumentException("A destination has 1 to 32 lower case letters, digits and hyphens.");
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
