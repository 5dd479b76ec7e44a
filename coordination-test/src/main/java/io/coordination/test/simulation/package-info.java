/**
 * Whole processes in one thread and in virtual time, on a network that loses, doubles, delays and cuts: one seed decides
 * everything.
 */
@NullMarked
package io.coordination.test.simulation;

import org.jspecify.annotations.NullMarked;
