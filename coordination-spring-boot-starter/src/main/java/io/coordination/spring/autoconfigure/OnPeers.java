package io.coordination.spring.autoconfigure;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Whether other instances are listed. */
final class OnPeers extends SpringBootCondition {

    private static final String MEMBERS = "coordination.peers.members";

    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        boolean listed = Binder.get(context.getEnvironment())
                .bind(MEMBERS, Bindable.mapOf(String.class, String.class))
                .map(members -> !members.isEmpty())
                .orElse(false);
        ConditionMessage.Builder message = ConditionMessage.forCondition("Peers");
        return listed
                ? ConditionOutcome.match(message.because(MEMBERS + " lists instances"))
                : ConditionOutcome.noMatch(message.because(MEMBERS + " lists none"));
    }
}
