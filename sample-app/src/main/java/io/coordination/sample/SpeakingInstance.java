package io.coordination.sample;

import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;

/** In lines of the log, the instance that speaks. Logback makes it; lines are written on the thread that speaks. */
public final class SpeakingInstance extends ClassicConverter {

    @Override
    public String convert(ILoggingEvent event) {
        return InstanceThreads.current();
    }
}
