package io.coordination.spring.autoconfigure;

import org.springframework.context.ApplicationContext;
import org.springframework.context.event.ContextClosedEvent;

/** Whether the application closes; a context that is only stopped or paused may start again. Safe for any thread. */
final class ClosingContext {

    private final ApplicationContext context;
    private volatile boolean closing;

    ClosingContext(ApplicationContext context) {
        this.context = context;
    }

    void heard(ContextClosedEvent event) {
        // The event of a child context, such as that of the management port, comes here as well
        if (event.getApplicationContext().equals(context)) {
            closing = true;
        }
    }

    boolean isClosing() {
        return closing;
    }
}
