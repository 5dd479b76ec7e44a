package io.coordination.spring.autoconfigure;

import java.util.List;

/** Thrown at start-up when the application defines several lease stores and none of them is primary. */
final class SeveralLeaseStoresException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> beans;

    SeveralLeaseStoresException(List<String> beans) {
        super("One lease store has to arbitrate, but there are " + beans.size() + ": " + String.join(", ", beans)
                + ".");
        this.beans = List.copyOf(beans);
    }

    List<String> beans() {
        return beans;
    }
}
