package io.coordination.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class HostNameTests {

    @Test
    void theEnvironmentGoesBeforeTheResolver() {
        assertThat(HostName.ofThisMachine(Map.of("HOSTNAME", "pod-7"))).isEqualTo("pod-7");
        assertThat(HostName.ofThisMachine(Map.of("HOSTNAME", " ", "COMPUTERNAME", "DESK")))
                .isEqualTo("DESK");
    }

    @Test
    void withoutItTheResolverIsAsked() {
        assertThat(HostName.ofThisMachine(Map.of())).isNotBlank();
    }
}
