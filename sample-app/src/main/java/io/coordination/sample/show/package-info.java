/** Shows and their seats, as the page shows them. */
@NullMarked
package io.coordination.sample.show;

import org.jspecify.annotations.NullMarked;
