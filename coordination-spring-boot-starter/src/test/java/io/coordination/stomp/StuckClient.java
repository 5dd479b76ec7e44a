package io.coordination.stomp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A client on a bare socket, which is accepted by a hub and reads nothing of its own accord. */
final class StuckClient implements AutoCloseable {

    private static final String HANDSHAKE = "CONNECT\naccept-version:1.2\nhost:x\n\n\0"
            + "SUBSCRIBE\nid:0\ndestination:/coordination/*\nack:client\n\n\0"
            + "SEND\ndestination:/coordination/proof\nreceipt:p\n\n\0";

    private final Socket socket;

    StuckClient(int port) throws IOException {
        socket = upgraded(port, "");
        send(HANDSHAKE);
    }

    /** A socket that is a WebSocket now, and has said nothing yet. */
    static Socket upgraded(int port, String moreHeaders) throws IOException {
        Socket socket = new Socket("localhost", port);
        String request =
                "GET /coordination HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n" + moreHeaders
                        + "\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        StringBuilder answer = new StringBuilder();
        while (answer.indexOf("\r\n\r\n") < 0) {
            int next = socket.getInputStream().read();
            assertThat(next).as("the answer so far: " + answer).isNotNegative();
            answer.append((char) next);
        }
        assertThat(answer.toString()).startsWith("HTTP/1.1 101").doesNotContainIgnoringCase("extensions");
        return socket;
    }

    /** As one binary message. */
    void send(String frames) throws IOException {
        byte[] bytes = frames.getBytes(StandardCharsets.UTF_8);
        ByteBuffer message = ByteBuffer.allocate(bytes.length + 14);
        // Final, binary, masked with 0, with a length of eight bytes
        message.put((byte) 0x82)
                .put((byte) 0xff)
                .putLong(bytes.length)
                .putInt(0)
                .put(bytes);
        socket.getOutputStream().write(message.array());
    }

    boolean isConnected() {
        return socket.isConnected();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
