/** Many buyers at once, over HTTP, and what came of it. */
@NullMarked
package io.coordination.sample.rush;

import org.jspecify.annotations.NullMarked;
