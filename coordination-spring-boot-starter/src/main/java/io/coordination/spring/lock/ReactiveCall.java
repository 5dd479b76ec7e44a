package io.coordination.spring.lock;

import io.coordination.lock.Lease;
import io.coordination.lock.LeaseLostException;
import io.coordination.lock.LockNotAcquiredException;
import io.coordination.lock.LockNotAcquiredException.Reason;
import io.coordination.lock.OnLost;
import io.coordination.lock.Resource;
import org.aopalliance.intercept.MethodInvocation;
import org.reactivestreams.Publisher;
import org.springframework.aop.ProxyMethodInvocation;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/** A call that returns a Mono or Flux: each subscription is a run of its own under a lease of its own. Blocks nowhere. */
final class ReactiveCall implements LockedCall {

    @Override
    public Object run(MethodInvocation invocation, LockedMethod method) {
        ProxyMethodInvocation call = (ProxyMethodInvocation) ((ProxyMethodInvocation) invocation).invocableClone();
        return method.result() == ReturnType.MONO
                ? Mono.deferContextual(context -> mono(call, method, context))
                : Flux.deferContextual(context -> flux(call, method, context));
    }

    private static Mono<Object> mono(ProxyMethodInvocation call, LockedMethod method, ContextView context) {
        SubscriptionLease lease = new SubscriptionLease();
        return Mono.usingWhen(
                        acquire(lease, call, method, context),
                        held -> checked(Mono.from(proceed(call)), held, method)
                                .contextWrite(inside -> LeaseContext.with(inside, held)),
                        ReactiveCall::release,
                        ReactiveCall::endWith,
                        ReactiveCall::release)
                .doFinally(signal -> lease.end());
    }

    private static Flux<Object> flux(ProxyMethodInvocation call, LockedMethod method, ContextView context) {
        SubscriptionLease lease = new SubscriptionLease();
        return Flux.usingWhen(
                        acquire(lease, call, method, context),
                        held -> checked(Flux.from(proceed(call)), held, method)
                                .contextWrite(inside -> LeaseContext.with(inside, held)),
                        ReactiveCall::release,
                        ReactiveCall::endWith,
                        ReactiveCall::release)
                .doFinally(signal -> lease.end());
    }

    private static Mono<Lease> acquire(
            SubscriptionLease lease, ProxyMethodInvocation call, LockedMethod method, ContextView context) {
        Resource resource = method.resource(call);
        Mono<Lease> acquired = lease.acquire(resource, method, context);
        if (!method.skips()) {
            return acquired;
        }
        return acquired.onErrorResume(LockNotAcquiredException.class, refused -> {
            if (refused.reason() != Reason.BUSY) {
                return Mono.error(refused);
            }
            Acquisition.logSkipped(resource, method);
            return Mono.empty();
        });
    }

    // A clone, because an invocation can proceed once only and there may be many subscriptions.
    @SuppressWarnings("unchecked")
    private static Publisher<Object> proceed(ProxyMethodInvocation call) {
        try {
            Object publisher = call.invocableClone().proceed();
            if (publisher == null) {
                return Mono.error(
                        new IllegalStateException(call.getMethod() + " returned null instead of a publisher."));
            }
            return (Publisher<Object>) publisher;
        } catch (Throwable failure) {
            return Mono.error(failure);
        }
    }

    // Checked here and not when the lease is released: Reactor wraps the failures of a clean-up.
    private static Mono<Object> checked(Mono<Object> body, Lease lease, LockedMethod method) {
        Mono<Object> ending = endsWhenLost(method) ? body.takeUntilOther(loss(lease)) : body;
        return ending.doOnSuccess(value -> LostLease.throwIfLost(lease));
    }

    private static Flux<Object> checked(Flux<Object> body, Lease lease, LockedMethod method) {
        Flux<Object> ending = endsWhenLost(method) ? body.takeUntilOther(loss(lease)) : body;
        return ending.doOnComplete(() -> LostLease.throwIfLost(lease));
    }

    private static boolean endsWhenLost(LockedMethod method) {
        return method.options().onLost() == OnLost.INTERRUPT;
    }

    // Completes instead of failing: takeUntilOther cancels the body only then.
    private static Mono<Void> loss(Lease lease) {
        return Mono.create(sink -> lease.onLost(news -> sink.success()));
    }

    private static Mono<Void> endWith(Lease lease, Throwable failure) {
        return Mono.fromRunnable(() -> {
            LeaseLostException lost = LostLease.exceptionOf(lease);
            if (lost != null && !(failure instanceof LeaseLostException)) {
                failure.addSuppressed(lost);
            }
            lease.close();
        });
    }

    private static Mono<Void> release(Lease lease) {
        return Mono.fromRunnable(lease::close);
    }
}
