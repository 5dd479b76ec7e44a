/** The instances of the box office: where they are, and how to ask all of them. */
@NullMarked
package io.coordination.sample.instance;

import org.jspecify.annotations.NullMarked;
