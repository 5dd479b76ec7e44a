package io.coordination.stomp;

import io.coordination.channel.Greeting;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Greetings and proofs in the headers of CONNECT and CONNECTED. STOMP escapes nothing in these two frames, so that names and
 * values are encoded as in a form.
 */
final class Greetings {

    static final String PREFIX = "coordination-";
    static final String PROOF = PREFIX + "proof";

    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/=]{0,512}");

    private Greetings() {}

    static StompFrame into(StompFrame frame, Greeting greeting) {
        StompFrame with = frame;
        for (Map.Entry<String, String> field : greeting.fields().entrySet()) {
            String name = PREFIX + URLEncoder.encode(field.getKey(), StandardCharsets.UTF_8);
            if (name.equals(PROOF)) {
                throw new IllegalArgumentException(
                        "A greeting has no field named \"proof\": the proof is apart from it.");
            }
            with = with.with(name, URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8));
        }
        return with;
    }

    static Greeting from(StompFrame frame) throws BadInputException {
        Map<String, String> fields = new TreeMap<>();
        try {
            frame.headers().forEach((name, value) -> {
                if (name.startsWith(PREFIX) && !name.equals(PROOF)) {
                    fields.put(decoded(name.substring(PREFIX.length())), decoded(value));
                }
            });
            return Greeting.of(fields);
        } catch (IllegalArgumentException e) {
            throw BadInputException.malformed(
                    "A greeting cannot be read: " + Words.printable(String.valueOf(e.getMessage())));
        }
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    static StompFrame withProof(StompFrame frame, String proof) {
        if (!BASE64.matcher(proof).matches()) {
            throw new IllegalArgumentException("A proof is at most 512 characters of base64.");
        }
        return proof.isEmpty() ? frame : frame.with(PROOF, proof);
    }

    static String proofIn(StompFrame frame) throws BadInputException {
        String proof = frame.header(PROOF).orElse("");
        if (!BASE64.matcher(proof).matches()) {
            throw BadInputException.malformed("The header " + PROOF + " is not base64 of at most 512 characters.");
        }
        return proof;
    }
}
