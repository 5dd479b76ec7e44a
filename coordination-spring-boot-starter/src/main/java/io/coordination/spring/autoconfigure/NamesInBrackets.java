package io.coordination.spring.autoconfigure;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Finds settings for names with a dot that are not in brackets. Spring Boot takes the rest of such a name for a property that it
 * does not know, and ignores it; the lock or member would silently be another than the operator wrote.
 */
enum NamesInBrackets {
    /** Names of locks, each with properties of its own. */
    LOCKS("coordination.locks.names", "A lock name", 1) {
        @Override
        String corrected(ConfigurationPropertyName name, String asMeant) {
            return asMeant + "." + name.getLastElement(ConfigurationPropertyName.Form.DASHED);
        }
    },
    /** Node ids, each with an address. */
    MEMBERS("coordination.peers.members", "A node id", 0) {
        @Override
        String corrected(ConfigurationPropertyName name, String asMeant) {
            return asMeant;
        }
    };

    private final ConfigurationPropertyName prefix;
    private final String what;

    /** How many elements follow the name. */
    private final int following;

    NamesInBrackets(String prefix, String what, int following) {
        this.prefix = ConfigurationPropertyName.of(prefix);
        this.what = what;
        this.following = following;
    }

    void check(Environment environment) {
        int bound = prefix.getNumberOfElements() + 1 + following;
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            // Variables of the system have underscores for dots and dashes alike: their names cannot be told apart.
            if (source instanceof IterableConfigurationPropertySource all
                    && !(source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource)) {
                all.stream()
                        .filter(name -> prefix.isAncestorOf(name) && name.getNumberOfElements() > bound)
                        .findFirst()
                        .ifPresent(this::refuse);
            }
        }
    }

    abstract String corrected(ConfigurationPropertyName name, String asMeant);

    private void refuse(ConfigurationPropertyName name) {
        String meant = name.subName(prefix.getNumberOfElements())
                .chop(name.getNumberOfElements() - prefix.getNumberOfElements() - following)
                .toString();
        throw new InvalidConfigurationPropertyValueException(
                name.toString(),
                null,
                "No setting is read from it. " + what + " with a dot is written in brackets, in YAML with quotes: "
                        + corrected(name, prefix + ".\"[" + meant + "]\"") + ".");
    }
}
