/** The box office: shows whose seats many buyers want at once, and what happens with and without a lock. */
@NullMarked
package io.coordination.sample;

import org.jspecify.annotations.NullMarked;
