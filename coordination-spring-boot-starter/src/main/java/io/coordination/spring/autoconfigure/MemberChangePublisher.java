package io.coordination.spring.autoconfigure;

import io.coordination.channel.Channel;
import io.coordination.channel.MemberChange;
import io.coordination.runtime.EffectQueue;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;

/** Publishes each {@link MemberChange} as an application event, one after another, on a thread that listeners may block. */
final class MemberChangePublisher implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(MemberChangePublisher.class);

    private final ApplicationEventPublisher events;
    private final Executor executor;
    private final EffectQueue changes = new EffectQueue();
    private final Channel.Subscription subscription;

    MemberChangePublisher(Channel channel, ApplicationEventPublisher events, Executor executor) {
        this.events = events;
        this.executor = executor;
        this.subscription = channel.watch(this::changed);
    }

    private void changed(MemberChange change) {
        changes.add(() -> publish(change));
        executor.execute(changes::run);
    }

    private void publish(MemberChange change) {
        try {
            events.publishEvent(change);
        } catch (RuntimeException e) {
            log.error(
                    "A listener for changes of members failed at {}; later ones are told.",
                    change.now().node(),
                    e);
        }
    }

    @Override
    public void close() {
        subscription.close();
    }
}
