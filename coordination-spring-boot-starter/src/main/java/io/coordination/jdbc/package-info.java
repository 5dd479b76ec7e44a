/** The check at the resource, for data in a database: a holder whose lease has ended cannot commit what it wrote. */
@NullMarked
package io.coordination.jdbc;

import org.jspecify.annotations.NullMarked;
