package io.coordination.sample.sale;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Base64;
import org.springframework.stereotype.Component;

/** Signs tickets, so that they can be checked at the door. The key lives as long as the application. */
@Component
class TicketSigner {

    private final PrivateKey key;

    TicketSigner() throws GeneralSecurityException {
        key = KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPrivate();
    }

    /** The signature of a ticket, in Base64. */
    String sign(long seatId, String buyer) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(key);
            signature.update((seatId + " " + buyer).getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Signing a ticket failed although every Java runtime can do it.", e);
        }
    }
}
