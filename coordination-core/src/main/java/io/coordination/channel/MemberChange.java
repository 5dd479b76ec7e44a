package io.coordination.channel;

/**
 * Another node is seen differently from before: in another state, or as another process.
 *
 * @param before how it was seen
 * @param now how it is seen
 */
public record MemberChange(Member before, Member now) {}
