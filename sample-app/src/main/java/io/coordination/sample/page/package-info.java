/** How the page is served. */
@NullMarked
package io.coordination.sample.page;

import org.jspecify.annotations.NullMarked;
