package io.coordination.sample.instance;

import java.net.URI;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The instances of the box office.
 *
 * @param self the name of this one
 * @param addresses where browsers and buyers find each of them, by their names
 */
@ConfigurationProperties("box-office")
public record Instances(
        @DefaultValue("") String self, @DefaultValue Map<String, URI> addresses) {

    public Instances {
        addresses = Collections.unmodifiableMap(new TreeMap<>(addresses));
        if (!addresses.containsKey(self)) {
            throw new IllegalArgumentException("There is no instance \"" + self + "\" of the box office: it is one of "
                    + addresses.keySet() + ". Start it with --box=... and one of these names,"
                    + " or add its address to box-office.addresses.");
        }
    }

    /** Where an instance answers to this path and query. */
    public URI address(String instance, String pathAndQuery) {
        URI address = addresses.get(instance);
        if (address == null) {
            throw new IllegalArgumentException("There is no instance \"" + instance + "\" of the box office.");
        }
        return URI.create(address + pathAndQuery);
    }
}
