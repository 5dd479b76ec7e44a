package io.coordination.runtime;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.function.Supplier;

/** Draws texts that nobody can guess and that never come again: 192 random bits in base64. Safe for any thread. */
public final class SecureNonces implements Supplier<String> {

    private static final int BYTES = 24;

    private final SecureRandom random = new SecureRandom();

    @Override
    public String get() {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }
}
