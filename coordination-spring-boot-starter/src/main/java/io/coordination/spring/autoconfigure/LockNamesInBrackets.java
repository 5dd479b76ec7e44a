package io.coordination.spring.autoconfigure;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Finds settings for lock names with a dot that are not in brackets. Spring Boot takes the rest of such a name for a property
 * that it does not know, and ignores it; the lock would silently be held by other rules than the operator wrote.
 */
final class LockNamesInBrackets {

    private static final ConfigurationPropertyName NAMES = ConfigurationPropertyName.of("coordination.locks.names");

    /** A name and one of its properties. */
    private static final int BOUND = NAMES.getNumberOfElements() + 2;

    private LockNamesInBrackets() {}

    static void check(Environment environment) {
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            // Variables of the system have underscores for dots and dashes alike: their names cannot be told apart.
            if (source instanceof IterableConfigurationPropertySource all
                    && !(source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource)) {
                all.stream()
                        .filter(name -> NAMES.isAncestorOf(name) && name.getNumberOfElements() > BOUND)
                        .findFirst()
                        .ifPresent(LockNamesInBrackets::refuse);
            }
        }
    }

    private static void refuse(ConfigurationPropertyName name) {
        String lock = name.subName(NAMES.getNumberOfElements())
                .chop(name.getNumberOfElements() - NAMES.getNumberOfElements() - 1)
                .toString();
        throw new InvalidConfigurationPropertyValueException(
                name.toString(),
                null,
                "No setting is read from it. A lock name with a dot is written in brackets, in YAML with quotes:"
                        + " coordination.locks.names.\"[" + lock + "]\"."
                        + name.getLastElement(ConfigurationPropertyName.Form.DASHED) + ".");
    }
}
