/** What every part of coordination shares: who takes part, and the root of its exceptions. */
@NullMarked
package io.coordination;

import org.jspecify.annotations.NullMarked;
