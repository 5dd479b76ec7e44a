/**
 * What carries messages between the processes of a cluster: the port that protocols use, links that prove who is at the other
 * end, and the membership that follows from them.
 */
@NullMarked
package io.coordination.channel;

import org.jspecify.annotations.NullMarked;
