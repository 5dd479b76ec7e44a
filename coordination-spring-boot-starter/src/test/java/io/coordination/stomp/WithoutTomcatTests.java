package io.coordination.stomp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coordination.channel.Frame;
import io.coordination.channel.Greeting;
import io.coordination.channel.LinkException;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An instance without Tomcat on its class path dials all the same. */
class WithoutTomcatTests {

    private static final List<String> LEFT_OUT = List.of("tomcat-", "jakarta.servlet", "jakarta.websocket");

    @Test
    void itDialsWithoutTomcat() throws Exception {
        try (TestHub hub = TestHub.trusting()) {
            assertThat(elsewhere("dial", hub.address())).isEqualTo("Accepted[]");
        }
    }

    @Test
    void itSaysWhatListeningNeeds() throws Exception {
        assertThatThrownBy(() -> elsewhere("listen", URI.create("ws://unused:1")))
                .rootCause()
                .hasToString(
                        LinkException.class.getName()
                                + ": Other instances cannot dial in without Tomcat: add the dependency spring-boot-starter-websocket.");
    }

    private static Object elsewhere(String method, URI address) throws Exception {
        try (URLClassLoader without =
                new URLClassLoader(classPath().toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            assertThatThrownBy(() -> without.loadClass("jakarta.websocket.Session"))
                    .isInstanceOf(ClassNotFoundException.class);
            Class<?> there = without.loadClass(Elsewhere.class.getName());
            return there.getMethod(method, URI.class).invoke(null, address);
        }
    }

    private static List<URL> classPath() throws MalformedURLException {
        List<URL> urls = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            File file = new File(entry);
            if (LEFT_OUT.stream().noneMatch(file.getName()::startsWith)) {
                urls.add(file.toURI().toURL());
            }
        }
        return urls;
    }

    /** What runs over there. */
    public static final class Elsewhere {

        private Elsewhere() {}

        public static String dial(URI address) {
            try (StompTransport dialer =
                    new StompTransport(StompTransport.Settings.ofPort(0), (cause, reason, remote) -> {})) {
                TestEnd end = TestEnd.dialing();
                dialer.dial(address, end);
                end.pipe();
                end.say(new Frame.Hello(Greeting.of(Map.of())));
                end.next();
                return end.next().toString();
            }
        }

        public static String listen(URI unused) {
            try (StompTransport transport =
                    new StompTransport(StompTransport.Settings.ofPort(0), (cause, reason, remote) -> {})) {
                transport.listen(TestEnd::silent);
                return "listening";
            }
        }
    }
}
