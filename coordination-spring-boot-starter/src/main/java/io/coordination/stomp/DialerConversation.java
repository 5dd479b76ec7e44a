package io.coordination.stomp;

import io.coordination.channel.Frame;
import java.util.List;
import org.springframework.messaging.simp.stomp.StompCommand;

/** The conversation as whoever dials has it: the client of STOMP. */
final class DialerConversation implements Conversation {

    private static final String PROOF_RECEIPT = "proof";

    private final String host;
    private volatile boolean accepted;

    DialerConversation(String host) {
        this.host = host;
    }

    @Override
    public boolean isAccepted() {
        return accepted;
    }

    @Override
    public void heard(StompFrame frame, Ear ear) throws BadInputException {
        switch (frame.command()) {
            case CONNECTED -> {
                requireVersion(frame);
                ear.received(new Frame.Welcome(Greetings.from(frame), Greetings.proofIn(frame)));
            }
            case RECEIPT -> ear.received(receipt(frame));
            case MESSAGE -> ear.received(Letters.read(frame));
            case ERROR ->
                ear.received(new Frame.Refused(
                        frame.body().length() > 0
                                ? frame.text()
                                : frame.header("message").orElse("no reason was given")));
            default -> throw BadInputException.malformed("A hub does not send " + frame.command() + " frames.");
        }
    }

    private static void requireVersion(StompFrame frame) throws BadInputException {
        String version = frame.name("version");
        if (!version.equals(StompVersion.SPOKEN)) {
            throw StompVersion.notSpoken(version);
        }
    }

    private Frame receipt(StompFrame frame) throws BadInputException {
        if (!frame.name("receipt-id").equals(PROOF_RECEIPT)) {
            return new Frame.Acknowledged(frame.countingNumber("receipt-id"));
        }
        accepted = true;
        return new Frame.Accepted();
    }

    @Override
    public List<StompFrame> said(Frame frame) {
        if (frame instanceof Frame.Hello hello) {
            return List.of(connect(hello));
        } else if (frame instanceof Frame.Proof proof) {
            // The subscription goes first, so that nothing said right after the acceptance misses it
            return List.of(subscribe(), proof(proof));
        } else if (frame instanceof Frame.Acknowledged acknowledged) {
            return List.of(StompFrame.of(StompCommand.ACK).with("id", acknowledged.number()));
        }
        StompFrame letter = Letters.written(StompCommand.SEND, frame);
        String number = letter.headers().get(Letters.NUMBER);
        return List.of(number == null ? letter : letter.with("receipt", number));
    }

    private StompFrame connect(Frame.Hello hello) {
        StompFrame connect = StompFrame.of(StompCommand.CONNECT)
                .with("accept-version", StompVersion.SPOKEN)
                .with("host", host)
                .with("heart-beat", "0,0");
        return Greetings.into(connect, hello.greeting());
    }

    private static StompFrame subscribe() {
        return StompFrame.of(StompCommand.SUBSCRIBE)
                .with("id", "0")
                .with("destination", Letters.ALL)
                .with("ack", "client");
    }

    private static StompFrame proof(Frame.Proof proof) {
        StompFrame send = StompFrame.of(StompCommand.SEND)
                .with("destination", Letters.PROOF)
                .with("receipt", PROOF_RECEIPT);
        return Greetings.withProof(send, proof.proof());
    }
}
