package io.coordination.channel;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What all processes of a cluster know and nobody else does. It is never sent: each end of a link proves that it knows it, by a
 * code over both greetings, in which each end has a number that was never used before.
 *
 * <p>Source: HMAC, RFC 2104, with SHA-256.
 */
public final class Secret {

    /** The fewest characters of a secret. */
    public static final int SHORTEST = 16;

    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    private Secret(String text) {
        this.key = new SecretKeySpec(text.getBytes(UTF_8), ALGORITHM);
    }

    /** @throws IllegalArgumentException if it is too short to be one */
    public static Secret of(String text) {
        if (Objects.requireNonNull(text, "text").length() < SHORTEST) {
            throw new IllegalArgumentException("A secret has at least " + SHORTEST + " characters, but this one had "
                    + text.length() + ". Make one with: openssl rand -base64 32");
        }
        return new Secret(text);
    }

    /**
     * The code of one end. It differs for the two, so that neither can send back what the other has said.
     *
     * @param whose which end proves it
     */
    String proof(Role whose, Greeting dialer, Greeting acceptor) {
        Mac mac = mac();
        add(mac, "coordination link");
        add(mac, whose.name());
        add(mac, dialer);
        add(mac, acceptor);
        return Base64.getEncoder().encodeToString(mac.doFinal());
    }

    /** Whether a code is right; how long that takes tells nothing of it. */
    boolean isProof(String proof, Role whose, Greeting dialer, Greeting acceptor) {
        return MessageDigest.isEqual(proof(whose, dialer, acceptor).getBytes(UTF_8), proof.getBytes(UTF_8));
    }

    private Mac mac() {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac;
        } catch (GeneralSecurityException e) {
            throw new LinkException("This Java runtime has no " + ALGORITHM + ", which links need. Use another.", e);
        }
    }

    private static void add(Mac mac, Greeting greeting) {
        mac.update(
                ByteBuffer.allocate(Integer.BYTES).putInt(0, greeting.fields().size()));
        for (Map.Entry<String, String> field : greeting.fields().entrySet()) {
            add(mac, field.getKey());
            add(mac, field.getValue());
        }
    }

    /** With its length, so that no two texts run into one another. */
    private static void add(Mac mac, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
        mac.update(bytes);
    }

    /** Nothing of it. */
    @Override
    public String toString() {
        return "a secret";
    }
}
