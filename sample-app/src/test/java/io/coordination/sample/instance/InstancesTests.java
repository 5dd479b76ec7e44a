package io.coordination.sample.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InstancesTests {

    private static final Map<String, URI> ADDRESSES =
            Map.of("box-b", URI.create("http://localhost:8081"), "box-a", URI.create("http://localhost:8080"));

    @Test
    void anUnknownNameIsRefusedWithThoseThatThereAre() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Instances("box-x", ADDRESSES))
                .withMessageContaining("no instance \"box-x\"")
                .withMessageContaining("[box-a, box-b]");
    }

    @Test
    void anInstanceIsFoundAtItsAddress() {
        assertThat(new Instances("box-a", ADDRESSES).address("box-b", "/api/rushes"))
                .isEqualTo(URI.create("http://localhost:8081/api/rushes"));
    }
}
