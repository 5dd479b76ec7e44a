package io.coordination.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.coordination.channel.Body;
import io.coordination.channel.MalformedMessageException;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Version 1 is what a build before this one wrote: these bytes never change. What has to change is version 2. */
class PeerWireVersionTests {

    private static final Map<String, Body> VERSION_1 = WireLines.of("wire-version-1.txt");

    @Test
    void messagesAreWrittenAsVersion1() {
        Map<String, String> written = new TreeMap<>();
        WireSamples.all().forEach((name, envelope) -> written.put(name, WireLines.hex(PeerWire.encode(envelope))));
        Map<String, String> kept = new TreeMap<>();
        VERSION_1.forEach((name, body) -> kept.put(name, WireLines.hex(body)));
        assertThat(written).isEqualTo(kept);
    }

    @Test
    void version1IsRead() throws MalformedMessageException {
        for (Map.Entry<String, Body> kept : VERSION_1.entrySet()) {
            Envelope sample = WireSamples.named(kept.getKey());
            assertThat(PeerWire.decode(sample.from(), sample.to(), kept.getValue()))
                    .as(kept.getKey())
                    .isEqualTo(sample);
        }
    }

    @Test
    void everyKindIsKept() {
        assertThat(VERSION_1.values().stream().map(body -> (int) body.bytes()[0]))
                .containsAll(MessageCodecs.ALL.stream().map(MessageCodec::kind).toList());
    }
}
