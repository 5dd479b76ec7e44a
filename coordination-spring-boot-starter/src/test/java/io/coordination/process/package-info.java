/**
 * Instances as processes of their own, under load and faults: killed, stopped, restarted, cut off. {@code Instance} is such a
 * process, {@code Cluster} starts three of them, {@code History} judges what they say.
 */
@NullMarked
package io.coordination.process;

import org.jspecify.annotations.NullMarked;
