package io.coordination.spring.lock;

import java.util.List;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;

/** Texts of an annotation, in which {@code ${...}} stands for a property. */
final class AnnotationTexts {

    private final ConfigurableBeanFactory beans;

    AnnotationTexts(ConfigurableBeanFactory beans) {
        this.beans = beans;
    }

    /** The text with its placeholders filled in; as it stands, and a problem more, if one is unknown. */
    String resolve(String attribute, String text, List<String> problems) {
        String resolved;
        try {
            resolved = beans.resolveEmbeddedValue(text);
        } catch (IllegalArgumentException unknown) {
            resolved = text;
        }
        // Whether the application is strict about placeholders is its own affair; a lock named by one is a mistake.
        if (resolved != null && resolved.contains("${")) {
            problems.add(attribute + " = \"" + text
                    + "\" refers to a property that is not there. Define it, or give a default: ${property:default}.");
        }
        return resolved == null ? "" : resolved;
    }
}
