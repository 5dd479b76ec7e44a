/** The auto-configurations, and the properties they read. */
@NullMarked
package io.coordination.spring.autoconfigure;

import org.jspecify.annotations.NullMarked;
