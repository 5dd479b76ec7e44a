package io.coordination.lock;

import io.coordination.time.Moment;
import java.time.Duration;

/**
 * One attempt to obtain or to renew a lease.
 *
 * @param resource what is wanted
 * @param ticket the acquisition this attempt belongs to; every attempt of one acquisition carries the same
 * @param lease how long the lease is to last
 * @param holder who asks, for people
 * @param sentAt when the attempt left, on the clocks of the one who asks
 */
public record LeaseRequest(Resource resource, Ticket ticket, Duration lease, Holder holder, Moment sentAt) {}
