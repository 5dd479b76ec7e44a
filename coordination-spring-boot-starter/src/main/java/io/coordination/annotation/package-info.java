/** What an application writes on its methods. */
@NullMarked
package io.coordination.annotation;

import org.jspecify.annotations.NullMarked;
