package io.coordination.spring.actuate;

/**
 * This instance, as Actuator shows it.
 *
 * @param id its node id
 * @param store what arbitrates its leases
 * @param scope how far they reach
 */
public record CoordinationNode(String id, String store, String scope) {}
