package io.coordination.lock;

import io.coordination.runtime.BriefSpin;
import io.coordination.runtime.RunningBody;
import io.coordination.time.Moment;
import io.coordination.time.Scheduler;
import io.coordination.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The manager: hands the calls of its users to the state machine of the resource, under the lock of the resource's stripe. */
final class StripedLockManager implements DistributedLockManager {

    private static final int STRIPES = 64;

    private final TimeSource time;
    private final Executor executor;
    private final LockOptions defaults;
    private final Duration longestLease;
    private final Map<String, LockOptions> named;
    private final Tickets tickets;
    private final Scheduler scheduler;
    private final boolean ownsScheduler;
    private final Census census;
    private final Alarm alarm;
    private final EffectRunner runner;
    private final Stripe[] stripes = new Stripe[STRIPES];
    private final ThreadFrames frames = new ThreadFrames();
    private final WakeUps.@Nullable Subscription wakeUps;

    StripedLockManager(LockManagerBuilder settings, Tickets tickets) {
        this.time = settings.timeSource();
        this.executor = settings.executor();
        this.defaults = settings.defaultOptions();
        this.longestLease = settings.store().longestLease();
        this.named = settings.namedOptions();
        this.tickets = tickets;
        this.ownsScheduler = settings.givenScheduler() == null;
        Scheduler given = settings.givenScheduler();
        this.scheduler = given != null ? given : settings.newScheduler();
        this.census = new Census(settings.maximumWaiting(), settings.maximumResources());
        this.runner = new EffectRunner(settings.store(), new Observers(settings.observers()), census, this::stripe);
        this.alarm = new Alarm(scheduler, this::tick);
        for (int i = 0; i < STRIPES; i++) {
            stripes[i] = new Stripe(time, tickets, runner, alarm, census);
        }
        WakeUps hints = settings.wakeUps();
        this.wakeUps = hints == null
                ? null
                : hints.subscribe(resource -> stripe(resource).stepIfPresent(resource, ResourceLock::woken));
    }

    @Override
    public Lease acquire(Resource resource, LockOptions options) throws InterruptedException {
        Lease entered = frames.reenter(resource);
        if (entered != null) {
            return entered;
        }
        Waiter waiter = begin(resource, options);
        return await(waiter).match(grant -> new LeaseHandle(grant, this), refusal -> {
            throw exception(waiter, refusal);
        });
    }

    @Override
    public Optional<Lease> tryAcquire(Resource resource, LockOptions options) throws InterruptedException {
        Lease entered = frames.reenter(resource);
        if (entered != null) {
            return Optional.of(entered);
        }
        Waiter waiter = begin(resource, options);
        return await(waiter).match(grant -> Optional.of(new LeaseHandle(grant, this)), refusal -> {
            if (refusal.reason() != LockNotAcquiredException.Reason.BUSY) {
                throw exception(waiter, refusal);
            }
            return Optional.empty();
        });
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // what becomes of the stages that are hooked in is told to the result
    public CompletableFuture<Lease> acquireAsync(Resource resource, LockOptions options) {
        Waiter waiter = begin(resource, options);
        CompletableFuture<Lease> result = new CompletableFuture<>();
        if (waiter.isDone()) {
            settle(waiter, waiter.join(), result);
        } else {
            waiter.thenAcceptAsync(outcome -> settle(waiter, outcome, result), executor)
                    .whenComplete((done, rejected) -> {
                        if (rejected != null) {
                            giveUp(waiter);
                            result.completeExceptionally(rejected);
                        }
                    });
        }
        result.whenComplete((lease, failure) -> {
            if (result.isCancelled()) {
                giveUp(waiter);
            }
        });
        return result;
    }

    @Override
    @SuppressWarnings("try") // the frame is there to be closed
    public <T extends @Nullable Object, X extends Exception> T call(
            Resource resource, LockOptions options, LockedBody<T, X> body) throws InterruptedException, X {
        try (Lease lease = acquire(resource, options);
                LeaseFrame frame = lease.enter()) {
            return body.run(lease);
        }
    }

    @Override
    public <T extends @Nullable Object> CompletableFuture<T> callAsync(
            Resource resource, LockOptions options, Function<? super Lease, ? extends CompletionStage<T>> body) {
        return new AsyncCall<T>(acquireAsync(resource, options), body);
    }

    @Override
    public Optional<Lease> current() {
        return Optional.ofNullable(frames.innermost());
    }

    @Override
    public void ensureHeld() {
        frames.ensureHeld();
    }

    @Override
    public LockOptions optionsFor(Resource resource) {
        return named.getOrDefault(resource.name(), defaults);
    }

    @Override
    public List<LockStatus> locks() {
        List<LockStatus> all = new ArrayList<>();
        for (Stripe stripe : stripes) {
            stripe.forEach((resource, lock) -> {
                Grant grant = lock.held();
                if (grant != null || lock.waiting() > 0) {
                    all.add(new LockStatus(
                            resource,
                            grant == null ? null : held(grant, time.now()),
                            lock.waiting(),
                            lock.heldElsewhere()));
                }
            });
        }
        return all;
    }

    @Override
    public CompletableFuture<@Nullable Void> shutDown() {
        CompletableFuture<@Nullable Void> done = census.shutDown();
        for (Stripe stripe : stripes) {
            stripe.shutDown();
        }
        return done;
    }

    @Override
    public void close() {
        CompletableFuture<@Nullable Void> unused = shutDown();
        if (wakeUps != null) {
            wakeUps.close();
        }
        alarm.close();
        if (ownsScheduler) {
            scheduler.close();
        }
    }

    // ---- for handles and frames

    Moment now() {
        return time.now();
    }

    ThreadFrames frames() {
        return frames;
    }

    Executor executor() {
        return executor;
    }

    void released(Grant grant) {
        Resource resource = grant.waiter.resource;
        stripe(resource).stepIfPresent(resource, (lock, now) -> lock.released(grant, now));
    }

    /** A reader of the clock has seen that the authority is over: that is final, whatever the clock says next. */
    void seenToBeOver(Grant grant, Moment at) {
        Resource resource = grant.waiter.resource;
        stripe(resource).stepIfPresent(resource, (lock, now) -> lock.seen(at));
    }

    // ---- waiting

    private Outcome await(Waiter waiter) throws InterruptedException {
        try {
            if (waiter.cameFirst) {
                // Who holds is likely to be about to hand over.
                boolean unused = BriefSpin.until(waiter::isDone);
            }
            return waiter.get();
        } catch (InterruptedException interrupted) {
            giveUp(waiter);
            throw interrupted;
        } catch (ExecutionException impossible) {
            throw new IllegalStateException("a wait ends with an outcome", impossible);
        }
    }

    private Waiter begin(Resource resource, LockOptions wanted) {
        Objects.requireNonNull(resource, "resource");
        Objects.requireNonNull(wanted, "options");
        LockOptions options = wanted.lease().compareTo(longestLease) > 0 ? wanted.withLease(longestLease) : wanted;
        Holder holder = new Holder(tickets.process(), RunningBody.threadName());
        Refusal refusal = census.admit();
        if (refusal != null) {
            Moment now = time.now();
            Waiter turnedAway = new Waiter(resource, options, holder, new Ticket(0, tickets.process()), now);
            runner.turnAway(turnedAway, refusal, now);
            return turnedAway;
        }
        return stripe(resource).step(resource, (lock, now) -> {
            Waiter waiter = lock.want(options, holder, now);
            if (census.isShuttingDown()) {
                // Admitted just before; the sweep over the stripes may have passed here already.
                lock.shutDown(now);
            }
            return waiter;
        });
    }

    private void settle(Waiter waiter, Outcome outcome, CompletableFuture<Lease> result) {
        outcome.match(
                grant -> {
                    Lease lease = new LeaseHandle(grant, this);
                    if (!result.complete(lease)) {
                        lease.close();
                    }
                    return result;
                },
                refusal -> {
                    result.completeExceptionally(exception(waiter, refusal));
                    return result;
                });
    }

    private void giveUp(Waiter waiter) {
        Resource resource = waiter.resource;
        stripe(resource).stepIfPresent(resource, (lock, now) -> lock.giveUp(waiter, now));
    }

    private LockNotAcquiredException exception(Waiter waiter, Refusal refusal) {
        Duration waited = Duration.ofNanos(Math.max(0, time.now().nanos() - waiter.since.nanos()));
        return new LockNotAcquiredException(waiter.resource, refusal, waited);
    }

    private long tick() {
        long next = Alarm.NEVER;
        for (Stripe stripe : stripes) {
            next = Math.min(next, stripe.tick());
        }
        return next;
    }

    private Stripe stripe(Resource resource) {
        int hash = resource.hashCode();
        return stripes[(hash ^ hash >>> 16) & STRIPES - 1];
    }

    private static LockStatus.Held held(Grant grant, Moment now) {
        return new LockStatus.Held(
                grant.waiter.holder,
                grant.token(),
                Instant.EPOCH.plus(grant.grantedAt.micros(), ChronoUnit.MICROS),
                Duration.ofNanos(now.nanos() - grant.grantedAt.nanos()),
                grant.tenure.remaining(now),
                grant.state());
    }
}
