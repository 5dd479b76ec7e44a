/** For tests of what builds on coordination: time that a test controls, and the suites that every store must pass. */
@NullMarked
package io.coordination.test;

import org.jspecify.annotations.NullMarked;
