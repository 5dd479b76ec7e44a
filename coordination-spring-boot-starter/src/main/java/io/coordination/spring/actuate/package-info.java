/** What Actuator shows: the endpoint with its history, and the health. */
@NullMarked
package io.coordination.spring.actuate;

import org.jspecify.annotations.NullMarked;
