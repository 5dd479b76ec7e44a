package io.coordination.lock;

import io.coordination.time.Moment;
import org.jspecify.annotations.Nullable;

/** What a step of a {@link ResourceLock} asks the world to do. Effects of one resource are done in the order of the steps. */
sealed interface Effect {

    void on(World world);

    /** Does effects: the manager in production, the simulator in tests. */
    interface World {
        void ask(LeaseRequest request);

        void renew(LeaseRequest request);

        void release(Resource resource, Ticket ticket);

        void give(Grant grant);

        void refuse(Waiter waiter, Refusal refusal, Moment at);

        void waiting(Waiter waiter);

        void gaveUp(Waiter waiter, Moment at);

        void atRisk(Grant grant, @Nullable Throwable cause);

        void heldLong(Grant grant);

        void ended(Grant grant);
    }

    /** Attempt to acquire. */
    record Ask(LeaseRequest request) implements Effect {
        @Override
        public void on(World world) {
            world.ask(request);
        }
    }

    /** Attempt to renew. */
    record Renew(LeaseRequest request) implements Effect {
        @Override
        public void on(World world) {
            world.renew(request);
        }
    }

    /** Tell the store that the ticket is done with. */
    record Release(Resource resource, Ticket ticket) implements Effect {
        @Override
        public void on(World world) {
            world.release(resource, ticket);
        }
    }

    /** Settle a waiter with its grant. */
    record Give(Grant grant) implements Effect {
        @Override
        public void on(World world) {
            world.give(grant);
        }
    }

    /** Settle a waiter without one. */
    record Refuse(Waiter waiter, Refusal refusal, Moment at) implements Effect {
        @Override
        public void on(World world) {
            world.refuse(waiter, refusal, at);
        }
    }

    /** A waiter was not served by the first attempt. */
    record Waiting(Waiter waiter) implements Effect {
        @Override
        public void on(World world) {
            world.waiting(waiter);
        }
    }

    /** A waiter left of its own accord. */
    record GaveUp(Waiter waiter, Moment at) implements Effect {
        @Override
        public void on(World world) {
            world.gaveUp(waiter, at);
        }
    }

    /** A renewal failed or was not answered. */
    record AtRisk(Grant grant, @Nullable Throwable cause) implements Effect {
        @Override
        public void on(World world) {
            world.atRisk(grant, cause);
        }
    }

    /** Half of the maximum hold has passed. */
    record HeldLong(Grant grant) implements Effect {
        @Override
        public void on(World world) {
            world.heldLong(grant);
        }
    }

    /** A grant is over; how and when, it says itself. */
    record Ended(Grant grant) implements Effect {
        @Override
        public void on(World world) {
            world.ended(grant);
        }
    }
}
