package io.coordination.stomp;

import io.coordination.channel.Frame;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.messaging.simp.stomp.StompCommand;

/** The conversation as the hub has it: the server of STOMP, for peers and for any other client. */
final class HubConversation implements Conversation {

    private final Subscriptions subscriptions = new Subscriptions();
    private final Runnable whenAccepted;
    private boolean connected;
    private boolean proven;
    private volatile Duration beat = Duration.ZERO;
    private volatile @Nullable String proofReceipt;
    private volatile @Nullable String receiptInTrouble;
    private volatile boolean accepted;
    private long messages;

    HubConversation(Runnable whenAccepted) {
        this.whenAccepted = whenAccepted;
    }

    @Override
    public boolean isAccepted() {
        return accepted;
    }

    @Override
    public void heard(StompFrame frame, Ear ear) throws BadInputException {
        receiptInTrouble = frame.header("receipt")
                .filter(receipt -> receipt.length() <= Limits.NAME_CHARACTERS)
                .orElse(null);
        switch (frame.command()) {
            case CONNECT, STOMP -> connect(frame, ear);
            case SEND -> sent(requireConnected(frame), ear);
            case SUBSCRIBE -> {
                subscriptions.add(requireConnected(frame));
                receipt(frame, ear);
            }
            case UNSUBSCRIBE -> {
                subscriptions.remove(requireConnected(frame));
                receipt(frame, ear);
            }
            case ACK -> {
                ear.received(new Frame.Acknowledged(requireConnected(frame).countingNumber("id")));
                receipt(frame, ear);
            }
            case DISCONNECT -> {
                receipt(frame, ear);
                ear.goodbye();
            }
            case BEGIN, COMMIT, ABORT ->
                throw BadInputException.malformed(
                        "There are no transactions here: " + frame.command() + " is not understood.");
            case NACK ->
                throw BadInputException.malformed(
                        "NACK is not understood: what arrives here is acknowledged or comes again.");
            default -> throw BadInputException.malformed("A client does not send " + frame.command() + " frames.");
        }
        receiptInTrouble = null;
    }

    private void connect(StompFrame frame, Ear ear) throws BadInputException {
        if (connected) {
            throw BadInputException.malformed("It is connected already.");
        }
        String versions = frame.header("accept-version").orElse("1.0");
        if (!StompVersion.isIn(versions)) {
            throw StompVersion.notSpoken(versions);
        }
        beat = HeartBeat.askedFor(frame);
        connected = true;
        ear.received(new Frame.Hello(Greetings.from(frame)));
        if (!beat.isZero()) {
            ear.beat(beat);
        }
    }

    private StompFrame requireConnected(StompFrame frame) throws BadInputException {
        if (!connected) {
            throw BadInputException.malformed("A " + frame.command() + " frame before CONNECT.");
        }
        return frame;
    }

    private void sent(StompFrame frame, Ear ear) throws BadInputException {
        if (frame.name("destination").equals(Letters.PROOF)) {
            prove(frame, ear);
            return;
        }
        Frame letter = Letters.read(frame);
        boolean data = letter instanceof Frame.Message message && message.number() > 0;
        if (data && frame.header("receipt").isPresent() && frame.number("receipt") != frame.number(Letters.NUMBER)) {
            throw BadInputException.malformed("The receipt of data is its " + Letters.NUMBER + ", or there is none.");
        }
        ear.received(letter);
        if (!data) {
            receipt(frame, ear);
        }
    }

    private void prove(StompFrame frame, Ear ear) throws BadInputException {
        if (proven) {
            throw BadInputException.malformed("There was a proof already.");
        }
        proven = true;
        proofReceipt = frame.name("receipt");
        ear.received(new Frame.Proof(Greetings.proofIn(frame)));
    }

    private static void receipt(StompFrame frame, Ear ear) throws BadInputException {
        if (frame.header("receipt").isPresent()) {
            ear.reply(receipt(frame.name("receipt")));
        }
    }

    private static StompFrame receipt(String id) {
        return StompFrame.of(StompCommand.RECEIPT).with("receipt-id", id);
    }

    @Override
    public List<StompFrame> said(Frame frame) {
        if (frame instanceof Frame.Welcome welcome) {
            return List.of(connected(welcome));
        } else if (frame instanceof Frame.Accepted) {
            return List.of(accept());
        } else if (frame instanceof Frame.Refused refused) {
            return List.of(error(refused));
        } else if (frame instanceof Frame.Acknowledged acknowledged) {
            return List.of(receipt(Long.toString(acknowledged.number())));
        }
        return message(Letters.written(StompCommand.MESSAGE, frame));
    }

    private StompFrame connected(Frame.Welcome welcome) {
        StompFrame answer = StompFrame.of(StompCommand.CONNECTED)
                .with("version", StompVersion.SPOKEN)
                .with("heart-beat", beat.toMillis() + ",0");
        return Greetings.withProof(Greetings.into(answer, welcome.greeting()), welcome.proof());
    }

    private StompFrame accept() {
        String id = proofReceipt;
        if (id == null) {
            throw new IllegalArgumentException("Nobody is accepted who has proven nothing.");
        }
        accepted = true;
        whenAccepted.run();
        return receipt(id);
    }

    private StompFrame error(Frame.Refused refused) {
        String reason = Words.cut(refused.reason(), Limits.REASON_CHARACTERS);
        StompFrame error = StompFrame.of(StompCommand.ERROR)
                .with("version", StompVersion.SPOKEN)
                .with("message", Words.printable(reason))
                .with("content-type", "text/plain;charset=utf-8")
                .withText(reason);
        String receipt = receiptInTrouble;
        return receipt == null ? error : error.with("receipt-id", receipt);
    }

    private List<StompFrame> message(StompFrame letter) {
        String destination = letter.headers().getOrDefault("destination", "");
        String number = letter.headers().get(Letters.NUMBER);
        String subscription = subscriptions.of(destination);
        if (subscription == null && number != null) {
            throw new IllegalArgumentException("There is data for " + destination
                    + ", to which the other end has not subscribed. Subscribe to " + Letters.ALL + ".");
        } else if (subscription == null) {
            return List.of();
        }
        StompFrame addressed = letter.with("subscription", subscription).with("message-id", ++messages);
        return List.of(number == null ? addressed : addressed.with("ack", number));
    }
}
