package io.coordination.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The faults are faults. */
class WireTests {

    private static final int A_WHILE = 200;
    private static final int LONG = 30_000;

    private ServerSocket listener;
    private Wire wire;

    @BeforeEach
    void connectNothing() throws IOException {
        listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        wire = new Wire(0, listener.getLocalPort());
    }

    @AfterEach
    void closeAll() throws IOException {
        wire.close();
        listener.close();
    }

    @Test
    void whatIsSaidArrives() throws IOException {
        try (Socket dialer = dial();
                Socket acceptor = listener.accept()) {
            dialer.getOutputStream().write(1);
            assertThat(acceptor.getInputStream().read()).isEqualTo(1);
            acceptor.getOutputStream().write(2);
            assertThat(dialer.getInputStream().read()).isEqualTo(2);
        }
    }

    @Test
    void whatIsSaidInSilenceArrivesWhenItIsHealed() throws IOException {
        try (Socket dialer = dial();
                Socket acceptor = listener.accept()) {
            wire.silence(true, false);
            dialer.getOutputStream().write(1);
            acceptor.getOutputStream().write(2);
            assertThat(dialer.getInputStream().read()).isEqualTo(2);
            acceptor.setSoTimeout(A_WHILE);
            assertThatExceptionOfType(SocketTimeoutException.class)
                    .isThrownBy(() -> acceptor.getInputStream().read());

            wire.heal();

            acceptor.setSoTimeout(LONG);
            assertThat(acceptor.getInputStream().read()).isEqualTo(1);
        }
    }

    @Test
    void anEndIsNotHeardOfInSilence() throws IOException {
        try (Socket dialer = dial();
                Socket acceptor = listener.accept()) {
            wire.silence(true, true);
            acceptor.shutdownOutput();
            dialer.setSoTimeout(A_WHILE);
            assertThatExceptionOfType(SocketTimeoutException.class)
                    .isThrownBy(() -> dialer.getInputStream().read());

            wire.heal();

            dialer.setSoTimeout(LONG);
            assertThat(dialer.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void aCutClosesWhatIsOpenAndWhatIsOpened() throws IOException {
        try (Socket dialer = dial();
                Socket acceptor = listener.accept()) {
            wire.cut();

            assertThat(dialer.getInputStream().read()).isEqualTo(-1);
            assertThat(acceptor.getInputStream().read()).isEqualTo(-1);
            try (Socket later = dial()) {
                assertThat(later.getInputStream().read()).isEqualTo(-1);
            }
        }
        wire.heal();
        whatIsSaidArrives();
    }

    private Socket dial() throws IOException {
        Socket dialer = new Socket(InetAddress.getLoopbackAddress(), wire.port());
        dialer.setSoTimeout(LONG);
        return dialer;
    }
}
